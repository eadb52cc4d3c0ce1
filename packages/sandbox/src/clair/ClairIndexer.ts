import { Reply } from '../http';
import { ClairContent, indexErrorReport, indexReport } from './clairDocuments';
import {
  documentReply,
  emptyReply,
  errorReply,
  notFoundReply,
} from './clairReplies';
import { ClairLayer, fetchLayers } from './fetchLayers';

/** An image that was submitted. */
export type IndexedManifest = {
  /** The lowest layer, in which every package is said to lie. */
  layer: string;
  /** Why it could not be indexed. */
  error?: string;
};

const API = '/indexer/api/v1/index_report';
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The indexer: what was submitted, and what is in it. */
export class ClairIndexer {
  readonly #manifests = new Map<string, IndexedManifest>();
  readonly #contentOf: (digest: string) => ClairContent;
  /** Opaque; another one means that everything is to be indexed again. */
  state = 'cb31df8269833698891b35a63251a81a';

  constructor(contentOf: (digest: string) => ClairContent) {
    this.#contentOf = contentOf;
  }

  /** What is finished, for the matcher. */
  finished(digest: string): IndexedManifest | undefined {
    const manifest = this.#manifests.get(digest);
    return manifest?.error === undefined ? manifest : undefined;
  }

  /** `GET index_state` */
  readState(ifNoneMatch: string | undefined): Reply {
    return this.#isCurrent(ifNoneMatch)
      ? emptyReply(304)
      : documentReply({
          type: 'state',
          etag: this.state,
          document: { state: this.state },
        });
  }

  /** `POST index_report`: answers when every layer was fetched. */
  async submit(body: Buffer, ifNoneMatch: string | undefined): Promise<Reply> {
    if (this.#isCurrent(ifNoneMatch)) {
      return emptyReply(412);
    }
    const manifest = readManifest(body);
    if (typeof manifest === 'string') {
      return errorReply(400, 'bad-request', manifest);
    }
    const { hash, layers } = manifest;
    const error = await fetchLayers(layers);
    this.#manifests.set(hash, {
      layer: layers[0].hash,
      ...(error && { error }),
    });
    return error
      ? errorReply(500, 'internal-error', `failed to start scan: ${error}`)
      : this.#report(hash, {
          status: 201,
          headers: { Location: `${API}/${hash}`, Link: linksOf(hash) },
        });
  }

  /** `GET index_report/{digest}`; one that failed is told of as well. */
  read(digest: string, ifNoneMatch: string | undefined): Reply {
    if (!this.#manifests.has(digest)) {
      return notFoundReply(digest);
    }
    return this.#isCurrent(ifNoneMatch)
      ? emptyReply(304)
      : this.#report(digest, {});
  }

  /** `DELETE index_report/{digest}` */
  forget(digest: string): Reply {
    this.#manifests.delete(digest);
    return emptyReply(204);
  }

  #report(
    digest: string,
    rest: { status?: number; headers?: Record<string, string> },
  ): Reply {
    const { layer, error } = this.#manifests.get(digest)!;
    const content = this.#contentOf(digest);
    return documentReply({
      ...rest,
      type: 'report',
      etag: this.state,
      document:
        error === undefined
          ? indexReport({ digest, layer, content })
          : indexErrorReport(digest, error),
    });
  }

  #isCurrent(ifNoneMatch: string | undefined): boolean {
    return ifNoneMatch === `"${this.state}"`;
  }
}

function linksOf(digest: string): string {
  const link = (path: string, kind: string) =>
    `<${path}/${digest}>; rel="https://projectquay.io/clair/v1/${kind}"`;
  return [
    link(API, 'index_report'),
    link('/matcher/api/v1/vulnerability_report', 'vulnerability_report'),
  ].join(', ');
}

/** The manifest that was submitted, or what is wrong with it. */
function readManifest(
  body: Buffer,
): { hash: string; layers: ClairLayer[] } | string {
  let manifest: { hash?: unknown; layers?: unknown } | null;
  try {
    manifest = JSON.parse(body.toString('utf8'));
  } catch (error) {
    return `failed to deserialize manifest: ${String(error)}`;
  }
  const { hash, layers } = manifest ?? {};
  if (typeof hash !== 'string' || !DIGEST.test(hash)) {
    return 'bogus manifest: unable to decode digest as hex';
  }
  return Array.isArray(layers) && layers.length > 0 && layers.every(isLayer)
    ? { hash, layers }
    : 'bogus manifest';
}

function isLayer(value: unknown): value is ClairLayer {
  const { hash, uri, headers } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof hash === 'string' &&
    DIGEST.test(hash) &&
    typeof uri === 'string' &&
    /^https?:\/\//.test(uri) &&
    (headers === undefined || areHeaders(headers))
  );
}

/** Go reads lists of values and nothing else. */
function areHeaders(headers: unknown): boolean {
  return (
    headers !== null &&
    typeof headers === 'object' &&
    Object.values(headers).every(
      values =>
        Array.isArray(values) && values.every(each => typeof each === 'string'),
    )
  );
}
