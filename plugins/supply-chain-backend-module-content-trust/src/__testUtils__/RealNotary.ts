import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { NotaryKey } from 'sandbox';

const START_TIMEOUT_MS = 10_000;
const PASSPHRASE = 'test-only-passphrase';
const TOOLS = ['notary', 'notary-server'];

/** Whether the real tools are here (Debian: `apt-get install notary`). */
export function hasRealNotary(): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return TOOLS.every(tool =>
    folders.some(folder => existsSync(join(folder, tool))),
  );
}

/** A real server on the loopback interface, and the real client with keys of its own. */
export class RealNotary {
  static async start(): Promise<RealNotary> {
    const folder = mkdtempSync(join(tmpdir(), 'notary-'));
    const port = await freePort();
    const config = join(folder, 'server.json');
    writeFileSync(
      config,
      JSON.stringify({
        server: { http_addr: `127.0.0.1:${port}` },
        trust_service: { type: 'local', key_algorithm: 'ecdsa' },
        logging: { level: 'error' },
        storage: { backend: 'memory' },
      }),
    );
    writeFileSync(join(folder, 'yes'), 'yes\n');
    const server = spawn('notary-server', ['-config', config], {
      stdio: 'ignore',
    });
    const notary = new RealNotary({ folder, port, server });
    await notary.#waitUntilUp();
    return notary;
  }

  readonly host: string;
  readonly url: string;
  readonly #folder: string;
  readonly #server: ChildProcess;

  private constructor(parts: {
    folder: string;
    port: number;
    server: ChildProcess;
  }) {
    this.host = `127.0.0.1:${parts.port}`;
    this.url = `http://${this.host}`;
    this.#folder = parts.folder;
    this.#server = parts.server;
  }

  /** Runs the client, which is told yes where it asks: by a file, for most commands never read what they are told. */
  run(...args: string[]): string {
    const answers = openSync(join(this.#folder, 'yes'), 'r');
    const variables = ['ROOT', 'TARGETS', 'SNAPSHOT', 'DELEGATION'].map(
      role => [`NOTARY_${role}_PASSPHRASE`, PASSPHRASE],
    );
    try {
      return execFileSync(
        'notary',
        ['-s', this.url, '-d', join(this.#folder, 'client'), ...args],
        {
          encoding: 'utf8',
          env: { ...process.env, ...Object.fromEntries(variables) },
          stdio: [answers, 'pipe', 'ignore'],
        },
      );
    } finally {
      closeSync(answers);
    }
  }

  /** `role tag digest` as `notary list` shows them. */
  list(gun: string): string[] {
    const rows = this.run('list', gun).matchAll(
      /^(\S+)\s+([0-9a-f]{64})\s+\d+\s+(\S+)\s*$/gm,
    );
    return [...rows].map(
      ([, tag, hex, role]) => `${role} ${tag} sha256:${hex}`,
    );
  }

  /** Gives the client a key for a delegation and returns the file with its certificate. */
  importDelegationKey(name: string, now: Date): string {
    const key = NotaryKey.create({
      type: 'ecdsa-x509',
      certificate: {
        commonName: name,
        notBefore: new Date(now.getTime() - 60_000),
        notAfter: new Date(now.getTime() + 400 * 24 * 60 * 60 * 1000),
      },
    });
    const [keyFile, certificateFile] = ['key', 'crt'].map(suffix =>
      join(this.#folder, `${name}.${suffix}`),
    );
    writeFileSync(
      keyFile,
      key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      { mode: 0o600 },
    );
    writeFileSync(
      certificateFile,
      Buffer.from(key.tufKey.keyval.public, 'base64'),
    );
    this.run('key', 'import', keyFile, '--role', 'delegation');
    return certificateFile;
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => {
      this.#server.once('exit', resolve);
    });
    this.#server.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #waitUntilUp(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
      const answer = await fetch(`${this.url}/v2/`).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
    throw new Error('notary-server did not come up');
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise(resolve => {
    server.close(resolve);
  });
  return typeof address === 'object' && address ? address.port : 0;
}
