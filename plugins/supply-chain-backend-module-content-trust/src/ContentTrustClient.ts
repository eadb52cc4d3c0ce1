import { createHash } from 'node:crypto';
import { ReasonCode } from 'backstage-plugin-supply-chain-common';
import type {
  RegistryClient,
  RegistryFailure,
} from 'backstage-plugin-supply-chain-node/registry';
import {
  CollectionQuestion,
  CollectionResult,
  FileAnswer,
  FileRequest,
  verifyCollection,
} from './verify';

/** A question about a collection, and where it lies. */
export type CollectionReading = CollectionQuestion & {
  /** Origin of the Notary server. */
  server: string;
  signal: AbortSignal;
};

/** What a file that was exchanged between two requests looks like: a second look sees one state. */
const MAY_BE_TORN: readonly ReasonCode[] = [
  'trustDataMixed',
  'trustDataSignatureInvalid',
  'digestMismatch',
];

type FileResult = { ok: true; value: FileAnswer } | RegistryFailure;

/** Reads trust data from Notary servers, file by file, as its verification asks for it. GET only. */
export class ContentTrustClient {
  readonly #registry: RegistryClient;

  /** Creates a client that reads through the one registry client: its limits, addresses and credentials apply. */
  static create(options: { registry: RegistryClient }): ContentTrustClient {
    return new ContentTrustClient(options.registry);
  }

  private constructor(registry: RegistryClient) {
    this.#registry = registry;
  }

  /**
   * Reads and verifies a collection. What the server does not answer is refused with the reason the registry client
   * gives.
   */
  async read(reading: CollectionReading): Promise<CollectionResult> {
    const result = await this.#readOnce(reading);
    const isTorn =
      result.outcome === 'refused' && MAY_BE_TORN.includes(result.reason);
    return isTorn ? this.#readOnce(reading) : result;
  }

  async #readOnce(reading: CollectionReading): Promise<CollectionResult> {
    const steps = verifyCollection(reading);
    let step = steps.next();
    while (!step.done) {
      const file = await this.#fetch(step.value, reading);
      if (!file.ok) {
        const { reason, detail: message } = file;
        return { outcome: 'refused', reason, message };
      }
      step = steps.next(file.value);
    }
    return step.value;
  }

  /** By its hash where that is known: such a file never changes. Servers of old know files by name only. */
  async #fetch(
    request: FileRequest,
    reading: CollectionReading,
  ): Promise<FileResult> {
    const { name, sha256 } = request;
    if (sha256 === undefined) {
      return this.#fetchNamed(name, request, reading);
    }
    const hashed = await this.#fetchNamed(
      `${name}.${sha256}`,
      request,
      reading,
    );
    if (!hashed.ok || hashed.value === 'missing') {
      return hashed.ok ? this.#fetchNamed(name, request, reading) : hashed;
    }
    return hasHash(hashed.value, sha256)
      ? hashed
      : {
          ok: false,
          kind: 'definitive',
          reason: 'digestMismatch',
          detail: `the server answered with other bytes than those of ${name} with the hash asked for`,
        };
  }

  async #fetchNamed(
    file: string,
    { maxBytes }: FileRequest,
    { server, gun, signal }: CollectionReading,
  ): Promise<FileResult> {
    const answer = await this.#registry.getTrustMetadata(
      { server, gun, file, maxBytes },
      { signal },
    );
    return !answer.ok && answer.reason === 'notFound'
      ? { ok: true, value: 'missing' }
      : answer;
  }
}

function hasHash(bytes: Uint8Array, sha256: string): boolean {
  return createHash('sha256').update(bytes).digest('hex') === sha256;
}
