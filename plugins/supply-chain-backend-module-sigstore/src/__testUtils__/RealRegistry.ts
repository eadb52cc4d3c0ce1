import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  digestOf,
  OCI_CONFIG,
  OCI_INDEX,
  OCI_MANIFEST,
  OciDescriptor,
} from 'sandbox';

const START_TIMEOUT_MS = 10_000;

/** A manifest or an index. */
type Manifest = { mediaType: string; [field: string]: unknown };

/** Debian's `docker-registry` on the loopback interface: a real registry, without the referrers API. */
export class RealRegistry {
  static async start(): Promise<RealRegistry> {
    const folder = mkdtempSync(join(tmpdir(), 'registry-'));
    const host = `127.0.0.1:${await freePort()}`;
    const config = join(folder, 'config.yml');
    // JSON is YAML.
    writeFileSync(
      config,
      JSON.stringify({
        version: 0.1,
        log: { level: 'error', accesslog: { disabled: true } },
        storage: { filesystem: { rootdirectory: join(folder, 'data') } },
        http: { addr: host },
      }),
    );
    const server = spawn('docker-registry', ['serve', config], {
      stdio: 'ignore',
    });
    const registry = new RealRegistry({ folder, host, server });
    await registry.#waitUntilUp();
    return registry;
  }

  /** `127.0.0.1:<port>`, the host part of an image reference. */
  readonly host: string;
  readonly #folder: string;
  readonly #server: ChildProcess;

  private constructor(parts: {
    folder: string;
    host: string;
    server: ChildProcess;
  }) {
    this.host = parts.host;
    this.#folder = parts.folder;
    this.#server = parts.server;
  }

  /** Pushes a small image whose digest is that of a word. */
  async pushImage(options: {
    repository: string;
    tag: string;
    word: string;
  }): Promise<OciDescriptor> {
    const { repository, tag, word } = options;
    const config = JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: { word } },
      rootfs: { type: 'layers', diff_ids: [] },
    });
    const { digest, size } = await this.putBlob(repository, config);
    return this.putManifest(repository, {
      reference: tag,
      manifest: {
        schemaVersion: 2,
        mediaType: OCI_MANIFEST,
        config: { mediaType: OCI_CONFIG, digest, size },
        layers: [],
      },
    });
  }

  async putBlob(
    repository: string,
    content: Buffer | string,
  ): Promise<{ digest: string; size: number }> {
    const body = Buffer.from(content);
    const digest = digestOf(body);
    const begun = await this.#ask(`${repository}/blobs/uploads/`, {
      method: 'POST',
    });
    const upload = new URL(begun.headers.get('Location')!);
    upload.searchParams.set('digest', digest);
    await this.#ask(upload, { method: 'PUT', body });
    return { digest, size: body.length };
  }

  /** Puts a manifest under a tag, or under its digest alone. */
  async putManifest(
    repository: string,
    options: { manifest: Manifest; reference?: string },
  ): Promise<OciDescriptor> {
    const { manifest } = options;
    const { mediaType } = manifest;
    const body = JSON.stringify(manifest);
    const digest = digestOf(body);
    const { reference = digest } = options;
    await this.#ask(`${repository}/manifests/${reference}`, {
      method: 'PUT',
      body,
      headers: { 'Content-Type': mediaType },
    });
    return { mediaType, digest, size: Buffer.byteLength(body) };
  }

  /** A manifest, an index or a blob that is JSON, by its path below `/v2/`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- read field by field by tests
  async getJson(path: string): Promise<any> {
    const answer = await this.#ask(path, {
      headers: { Accept: `${OCI_MANIFEST}, ${OCI_INDEX}` },
    });
    return answer.json();
  }

  /** What a tag names now. */
  async resolve(repository: string, tag: string): Promise<string> {
    const answer = await this.#ask(`${repository}/manifests/${tag}`, {
      method: 'HEAD',
      headers: { Accept: OCI_MANIFEST },
    });
    return answer.headers.get('Docker-Content-Digest')!;
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => {
      this.#server.once('exit', resolve);
    });
    this.#server.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask(path: string | URL, init: RequestInit): Promise<Response> {
    const answer = await fetch(
      new URL(path, `http://${this.host}/v2/`),
      init as Parameters<typeof fetch>[1],
    );
    if (!answer.ok) {
      throw new Error(`'${path}' answered ${answer.status}`);
    }
    return answer;
  }

  async #waitUntilUp(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
      const answer = await fetch(`http://${this.host}/v2/`).catch(
        () => undefined,
      );
      if (answer?.ok) {
        return;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
    await this.stop();
    throw new Error('docker-registry did not come up');
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
