import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fetcher } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error';
import { HostPermissions } from '../../registry/RegistryDirectory';
import { RegistryTransport } from '../../registry/RegistryTransport';
import { TufProblem } from './tufReading';

/** Options of {@link MirrorFetcher}. */
export type MirrorFetcherOptions = {
  transport: Pick<RegistryTransport, 'send'>;
  permissionsFor(url: URL): HostPermissions;
  /** For the files of one reading. */
  folder: string;
  signal: AbortSignal;
};

/** The client looks for the next version of the root until there is none. */
const ROOT_PROBE = /\/\d+\.root\.json$/;

const ADDRESS_REASONS = new Set(['registryNotAllowed', 'addressNotAllowed']);

/**
 * How the TUF client reaches its mirror: through the transport that checks every address it connects to (L30), counts
 * bytes, and here follows no redirects. It remembers what failed, because the client wraps errors in text.
 */
export class MirrorFetcher implements Fetcher {
  readonly #options: MirrorFetcherOptions;
  #problem: TufProblem | undefined;
  #files = 0;

  constructor(options: MirrorFetcherOptions) {
    this.#options = options;
  }

  /** Why the mirror could not be read; absent when it answered everything. */
  get problem(): TufProblem | undefined {
    return this.#problem;
  }

  async downloadBytes(url: string, maxLength: number): Promise<Buffer> {
    const { transport, permissionsFor, signal } = this.#options;
    const address = new URL(url);
    const answer = await transport.send({
      url: address,
      headers: {},
      permissions: permissionsFor(address),
      maxBytes: maxLength,
      redirectsMax: 0,
      signal,
    });
    if (!answer.ok) {
      throw this.#fail(
        ADDRESS_REASONS.has(answer.reason)
          ? 'tufAddressRefused'
          : 'tufUnreachable',
        `"${url}" cannot be read: ${answer.detail}`,
      );
    }
    const { status, body } = answer.value;
    if (status < 200 || status >= 300) {
      const message = `"${url}" answered with status ${status}`;
      if (!ROOT_PROBE.test(address.pathname) || ![403, 404].includes(status)) {
        this.#fail('tufUnreachable', message);
      }
      throw new DownloadHTTPError(message, status);
    }
    return Buffer.from(body);
  }

  async downloadFile<T>(
    url: string,
    maxLength: number,
    handler: (file: string) => Promise<T>,
  ): Promise<T> {
    const bytes = await this.downloadBytes(url, maxLength);
    this.#files += 1;
    const file = join(this.#options.folder, `download-${this.#files}`);
    await writeFile(file, bytes);
    return handler(file);
  }

  #fail(code: TufProblem['code'], message: string): Error {
    this.#problem = { ok: false, code, message };
    return new Error(message);
  }
}
