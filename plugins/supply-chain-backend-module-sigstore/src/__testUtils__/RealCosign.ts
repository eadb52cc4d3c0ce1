import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TIMEOUT_MS = 30_000;
/** What `cosign signing-config create` writes when it is told of no service: nothing leaves this machine. */
const NO_SERVICES = {
  mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  rekorTlogConfig: {},
  tsaConfig: {},
};

/** A flag that wants `COSIGN_EXPERIMENTAL`. */
const OLD_REFERRERS = '--registry-referrers-mode=oci-1-1';

/** A key pair that the real client made. */
export type CosignKey = { name: string; pem: string };

/** How a command ended. */
export type Ended = { exitCode: number; stdout: string; stderr: string };

/** The real client, with a home of its own and without a way to the outside. */
export class RealCosign {
  static create(): RealCosign {
    const folder = mkdtempSync(join(tmpdir(), 'cosign-'));
    writeFileSync(join(folder, 'services.json'), JSON.stringify(NO_SERVICES));
    writeFileSync(join(folder, 'predicate.json'), '{"tested":"yes"}');
    return new RealCosign(folder);
  }

  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Runs any command line of the client, in its own folder unless told otherwise. */
  run(command: readonly string[], cwd = this.#folder): Promise<Ended> {
    const [file, ...args] = command;
    const env = {
      PATH: process.env.PATH,
      HOME: this.#folder,
      TUF_ROOT: join(this.#folder, 'tuf'),
      COSIGN_EXPERIMENTAL: command.includes(OLD_REFERRERS) ? '1' : '0',
      COSIGN_PASSWORD: 'test-only-password',
      // Nobody listens there, and the loopback interface is never reached through it.
      HTTPS_PROXY: 'http://127.0.0.1:9',
    };
    // Not execFileSync: the registry that is asked may run in this very process.
    return new Promise((resolve, reject) => {
      execFile(
        file,
        args,
        { cwd, env, timeout: TIMEOUT_MS },
        (error, stdout, stderr) => {
          const exitCode = error ? error.code : 0;
          if (typeof exitCode === 'number') {
            resolve({ exitCode, stdout, stderr });
          } else {
            // Not found, killed or too slow: no verdict of the client.
            reject(error);
          }
        },
      );
    });
  }

  async createKey(name: string): Promise<CosignKey> {
    await this.#expectDone('generate-key-pair', '--output-key-prefix', name);
    return { name, pem: this.#read(`${name}.pub`) };
  }

  async sign(key: CosignKey, image: string): Promise<void> {
    await this.#expectDone('sign', ...this.#signWith(key), image);
  }

  async attest(key: CosignKey, image: string): Promise<void> {
    await this.#expectDone(
      'attest',
      ...this.#signWith(key),
      '--predicate',
      'predicate.json',
      image,
    );
  }

  /** Signs in the format of cosign 2, by flags that cosign 3 has and no longer lists. */
  async signOldFormat(
    key: CosignKey,
    image: string,
    where: 'sigTag' | 'referrers' = 'sigTag',
  ): Promise<void> {
    await this.#expectDone(
      ...['sign', '--key', `${key.name}.key`, '--yes'],
      ...['--new-bundle-format=false', '--use-signing-config=false'],
      '--tlog-upload=false',
      ...(where === 'referrers' ? [OLD_REFERRERS] : []),
      image,
    );
  }

  /** The exit code of `cosign verify --key`: 0 where it accepts. */
  async verify(
    key: CosignKey,
    image: string,
    ...flags: string[]
  ): Promise<number> {
    const { exitCode } = await this.run([
      ...['cosign', 'verify', '--key', `${key.name}.pub`],
      ...['--insecure-ignore-tlog', ...flags, image],
    ]);
    return exitCode;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #signWith({ name }: CosignKey): string[] {
    const services = ['--signing-config', 'services.json'];
    return ['--key', `${name}.key`, ...services, '--yes'];
  }

  #read(file: string): string {
    return readFileSync(join(this.#folder, file), 'utf8');
  }

  async #expectDone(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(['cosign', ...args]);
    if (exitCode !== 0) {
      throw new Error(`'cosign ${args[0]}' ended with ${exitCode}: ${stderr}`);
    }
    return stdout;
  }
}
