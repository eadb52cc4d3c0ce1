import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inParallel } from './inParallel';
import { SignedImage, SignedImages } from './signedImages';

/** Processes at once. */
export const PROCESSES_AT_ONCE = 2;

/** A time, or why there is none. */
export type CosignResult =
  | { ok: true; elapsedMs: number }
  | { ok: false; message: string };

/** `cosign verify` as a process per image, in a home of its own that remembers nothing. */
export class Cosign {
  readonly #command: string;
  readonly #folder: string;
  readonly #images: SignedImages;

  static async create(images: SignedImages): Promise<Cosign> {
    const folder = await mkdtemp(join(tmpdir(), 'bench-cosign-'));
    await writeFile(join(folder, 'key.pub'), images.publicKeyPem);
    await writeFile(join(folder, 'trusted_root.json'), images.trustedRoot);
    return new Cosign(folder, images);
  }

  private constructor(folder: string, images: SignedImages) {
    this.#command = process.env.COSIGN || 'cosign';
    this.#folder = folder;
    this.#images = images;
  }

  /** Its version, or `undefined` when there is none on this machine. */
  async version(): Promise<string | undefined> {
    const result = await this.#run(['version']);
    if (!result.ok) {
      return undefined;
    }
    return /GitVersion:\s*(\S+)/.exec(result.output)?.[1] ?? 'unknown version';
  }

  /** Verifies every image that was signed this way. */
  async verify(kind: 'keyed' | 'keyless'): Promise<CosignResult> {
    return kind === 'keyed' ? this.#verifyKeyed() : this.#verifyKeyless();
  }

  /** With the key, without a log: such signatures have no entry. */
  async #verifyKeyed(): Promise<CosignResult> {
    return this.#verifyAll(this.#images.keyed, [
      '--key',
      join(this.#folder, 'key.pub'),
      '--insecure-ignore-tlog=true',
    ]);
  }

  /** Certificate, SCT, log entry, timestamp and identity. */
  async #verifyKeyless(): Promise<CosignResult> {
    return this.#verifyAll(this.#images.keyless, [
      '--trusted-root',
      join(this.#folder, 'trusted_root.json'),
      '--certificate-identity',
      this.#images.identity,
      '--certificate-oidc-issuer',
      this.#images.issuer,
    ]);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  async #verifyAll(
    images: readonly SignedImage[],
    flags: string[],
  ): Promise<CosignResult> {
    const refusals: string[] = [];
    const { elapsedMs } = await inParallel({
      items: images,
      atOnce: PROCESSES_AT_ONCE,
      task: async ({ repository, digest }) => {
        const result = await this.#run([
          'verify',
          ...flags,
          '--allow-http-registry',
          '--allow-insecure-registry',
          `${repository}@${digest}`,
        ]);
        if (!result.ok) {
          refusals.push(result.message);
        }
      },
    });
    return refusals.length === 0
      ? { ok: true, elapsedMs }
      : {
          ok: false,
          message: `${refusals.length} of ${images.length}: ${refusals[0]}`,
        };
  }

  #run(
    args: string[],
  ): Promise<{ ok: true; output: string } | { ok: false; message: string }> {
    const env = { ...process.env, HOME: this.#folder };
    return new Promise(resolve => {
      execFile(this.#command, args, { env }, (error, stdout, stderr) => {
        resolve(
          error
            ? { ok: false, message: stderr.trim() || error.message }
            : { ok: true, output: stdout },
        );
      });
    });
  }
}
