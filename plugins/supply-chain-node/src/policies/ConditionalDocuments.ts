import { lookup } from 'node:dns/promises';
import { stat } from 'node:fs/promises';
import { RegistryDirectory } from '../registry/RegistryDirectory';
import {
  DEFAULT_REGISTRY_LIMITS,
  RegistryEntry,
} from '../registry/registryOptions';
import { RegistryTransport } from '../registry/RegistryTransport';
import { PolicySource } from './readPolicyBundle';
import { readLimited } from './readLimited';

/** For one document with its redirects. */
const READING_TIMEOUT_MS = 120_000;

/**
 * What a document is told apart from a newer one by, as its place says.
 *
 * @public
 */
export type DocumentValidators = {
  /** https://www.rfc-editor.org/rfc/rfc9110#field.etag; of a file its size and time. */
  etag?: string;
  /** https://www.rfc-editor.org/rfc/rfc9110#field.last-modified */
  lastModified?: string;
};

/**
 * What came of reading a document.
 *
 * @public
 */
export type DocumentReading =
  | { status: 'unchanged' }
  | { status: 'read'; bytes: Uint8Array; validators: DocumentValidators }
  | { status: 'failed'; message: string };

/**
 * Options of {@link ConditionalDocuments}.
 *
 * @public
 */
export type ConditionalDocumentsOptions = {
  /** Hosts with exceptions: plain http, private addresses, an authority of their own (L30). */
  registries?: RegistryEntry[];
  /**
   * Whether every address may be a private one.
   *
   * @defaultValue false
   */
  allowPrivateAddress?: boolean;
};

/**
 * Reads large documents from disk or by https, and only when they changed. Addresses are checked and bytes counted, as
 * for registries (L30).
 *
 * @public
 */
export class ConditionalDocuments {
  readonly #options: ConditionalDocumentsOptions;
  readonly #directory: RegistryDirectory;
  readonly #transport: RegistryTransport;

  static create(
    options: ConditionalDocumentsOptions = {},
  ): ConditionalDocuments {
    return new ConditionalDocuments(options);
  }

  private constructor(options: ConditionalDocumentsOptions) {
    this.#options = options;
    this.#directory = new RegistryDirectory(
      options.registries ?? [],
      undefined,
    );
    this.#transport = new RegistryTransport({
      directory: this.#directory,
      limits: DEFAULT_REGISTRY_LIMITS,
      resolveAddresses: hostname => lookup(hostname, { all: true }),
    });
  }

  /** Reads a document unless it is the one with these validators. Never throws. */
  async read(
    source: PolicySource,
    options: {
      known?: DocumentValidators;
      maxBytes: number;
      signal?: AbortSignal;
    },
  ): Promise<DocumentReading> {
    const { known = {}, maxBytes, signal } = options;
    try {
      return source.type === 'file'
        ? await readFileIfChanged(source.path, { known, maxBytes })
        : await this.#fetch(new URL(source.url), { known, maxBytes, signal });
    } catch (error) {
      return { status: 'failed', message: (error as Error).message };
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #fetch(
    url: URL,
    options: {
      known: DocumentValidators;
      maxBytes: number;
      signal: AbortSignal | undefined;
    },
  ): Promise<DocumentReading> {
    const { known, maxBytes, signal } = options;
    const timeout = AbortSignal.timeout(READING_TIMEOUT_MS);
    const permissions = this.#directory.permissionsForUrl(url);
    const answer = await this.#transport.send({
      url,
      headers: {
        ...(known.etag && { 'if-none-match': known.etag }),
        ...(known.lastModified && { 'if-modified-since': known.lastModified }),
      },
      permissions: this.#options.allowPrivateAddress
        ? { ...permissions, allowPrivateAddress: true }
        : permissions,
      maxBytes,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!answer.ok) {
      return failed(`'${url.href}' cannot be read: ${answer.detail}`);
    }
    const { status, body, header } = answer.value;
    if (status === 304 && (known.etag || known.lastModified)) {
      return { status: 'unchanged' };
    }
    if (status !== 200) {
      return failed(`'${url.href}' answered with status ${status}`);
    }
    const [etag, lastModified] = [header('etag'), header('last-modified')];
    return {
      status: 'read',
      bytes: body,
      validators: {
        ...(etag && { etag }),
        ...(lastModified && { lastModified }),
      },
    };
  }
}

async function readFileIfChanged(
  path: string,
  options: { known: DocumentValidators; maxBytes: number },
): Promise<DocumentReading> {
  const { size, mtimeMs } = await stat(path);
  const etag = `${size}-${mtimeMs}`;
  if (options.known.etag === etag) {
    return { status: 'unchanged' };
  }
  const bytes = await readLimited(path, options.maxBytes);
  return { status: 'read', bytes, validators: { etag } };
}

function failed(message: string): DocumentReading {
  return { status: 'failed', message };
}
