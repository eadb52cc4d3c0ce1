import {
  Digest,
  digestAlgorithm,
  digestHex,
} from 'backstage-plugin-supply-chain-common';
import { fetchManifest } from './fetchManifest';
import { parseDescriptor, RegistryDescriptor } from './parseDescriptor';
import { parseJsonObject } from './parseJsonObject';
import { parseNextLink } from './parseNextLink';
import { OCI_INDEX, readManifest } from './readManifest';
import { RegistrySession } from './RegistrySession';
import {
  RegistryFailure,
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';
import { TransportResponse } from './RegistryTransport';

/**
 * What refers to a subject.
 *
 * @public
 */
export interface ReferrerList {
  /** Claims of the registry, or of whoever wrote the fallback index; each digest once. */
  descriptors: RegistryDescriptor[];
  /** Where the descriptors come from. */
  source: 'api' | 'fallbackTag';
  /** Everything was read, so what is not in the list does not exist. */
  complete: boolean;
  /** Why the list is not complete. */
  failure?: RegistryFailure;
}

/** Descriptors gathered so far; the first reason why something is missing stays. */
class ReferrerCollection {
  readonly #descriptors = new Map<Digest, RegistryDescriptor>();
  readonly #maxCount: number;
  failure?: RegistryFailure;

  constructor(maxCount: number) {
    this.#maxCount = maxCount;
  }

  get isEmpty(): boolean {
    return this.#descriptors.size === 0;
  }

  fail(failure: RegistryFailure): void {
    this.failure ??= failure;
  }

  add(manifests: unknown[]): void {
    for (const entry of manifests) {
      const descriptor = parseDescriptor(entry);
      if (!descriptor) {
        this.fail(
          registryFailure('malformedDocument', 'a referrer is malformed'),
        );
      } else if (this.#descriptors.has(descriptor.digest)) {
        continue;
      } else if (this.#descriptors.size >= this.#maxCount) {
        this.fail(
          registryFailure(
            'tooManyCandidates',
            `expected at most ${this.#maxCount} referrers, got more`,
          ),
        );
        return;
      } else {
        this.#descriptors.set(descriptor.digest, descriptor);
      }
    }
  }

  list(source: ReferrerList['source']): ReferrerList {
    return {
      descriptors: [...this.#descriptors.values()],
      source,
      complete: this.failure === undefined,
      ...(this.failure && { failure: this.failure }),
    };
  }
}

/**
 * Reads the referrers of a subject from the API and, where that does not exist
 * or knows nothing, from the tag that stands in for it. An empty answer is not
 * the last word: registries exist that serve the API and store none of what
 * clients push (ECR did), so those clients write the tag.
 *
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 */
export async function fetchReferrers(
  session: RegistrySession,
  digest: Digest,
): Promise<RegistryResult<ReferrerList>> {
  const collection = new ReferrerCollection(session.limits.referrersMax);
  const api = await readPages(session, digest, collection);
  if (!api.ok) {
    return api;
  }
  if (api.value === 'supported' && !collection.isEmpty) {
    return registryValue(collection.list('api'));
  }
  return readFallbackTag(session, { digest, collection, api: api.value });
}

type ApiSupport = 'supported' | 'unsupported';

async function readPages(
  session: RegistrySession,
  digest: Digest,
  collection: ReferrerCollection,
): Promise<RegistryResult<ApiSupport>> {
  const first = session.url(`/v2/${session.path}/referrers/${digest}`);
  let page: URL | undefined = first;
  for (let count = 0; page; count += 1) {
    if (count >= session.limits.referrerPagesMax) {
      collection.fail(
        registryFailure(
          'tooManyCandidates',
          `expected at most ${session.limits.referrerPagesMax} pages of referrers, got more`,
        ),
      );
      break;
    }
    const read: RegistryResult<Page> = await readPage(session, page);
    if (!read.ok && count === 0) {
      return read;
    }
    if (!read.ok) {
      // The pages before this one stand; the list says that it is not all.
      collection.fail(read);
      break;
    }
    if (read.value === 'unsupported' && count === 0) {
      return registryValue('unsupported');
    }
    if (read.value === 'unsupported') {
      collection.fail(
        registryFailure('registryUnavailable', 'a page of referrers is gone'),
      );
      break;
    }
    collection.add(read.value.manifests);
    page = read.value.next;
    if (page && !isSameListing(page, first)) {
      collection.fail(
        registryFailure(
          'redirectRefused',
          `the next page of referrers is at "${page.origin}${page.pathname}"`,
        ),
      );
      break;
    }
  }
  return registryValue('supported');
}

type Page = { manifests: unknown[]; next: URL | undefined } | 'unsupported';

/** Credentials are for this repository, so no link may lead them elsewhere. */
function isSameListing(page: URL, first: URL): boolean {
  return (
    page.origin === first.origin &&
    page.pathname === first.pathname &&
    !page.username &&
    !page.password
  );
}

async function readPage(
  session: RegistrySession,
  page: URL,
): Promise<RegistryResult<Page>> {
  const response = await session.request({
    target: page,
    accept: OCI_INDEX,
    maxBytes: session.limits.manifestMaxBytes,
  });
  if (!response.ok) {
    return response;
  }
  if (isUnsupported(response.value)) {
    return registryValue('unsupported');
  }
  if (response.value.status !== 200) {
    return session.failure(response.value);
  }
  const index = readManifest({
    bytes: response.value.body,
    contentType: response.value.header('content-type'),
  });
  if (!index.ok) {
    return index;
  }
  if (index.value.mediaType !== OCI_INDEX) {
    return wrongType(index.value.mediaType);
  }
  return registryValue({
    manifests: index.value.json.manifests as unknown[],
    next: parseNextLink(response.value.header('link'), page),
  });
}

function wrongType(mediaType: string): RegistryFailure {
  return registryFailure(
    'wrongContentType',
    `expected a list of referrers, got "${mediaType}"`,
  );
}

/** The ways registries say that they have no referrers API; any other refusal is one. */
function isUnsupported(response: TransportResponse): boolean {
  if (response.crossOrigin) {
    return false;
  }
  if (response.status === 400) {
    const errors = parseJsonObject(response.body)?.errors;
    return (
      Array.isArray(errors) &&
      errors.some(error => error?.code === 'UNSUPPORTED')
    );
  }
  return [404, 405, 501].includes(response.status);
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
export function referrersTag(digest: Digest): string {
  const algorithm = digestAlgorithm(digest).slice(0, 32);
  return `${algorithm}-${digestHex(digest).slice(0, 64)}`;
}

async function readFallbackTag(
  session: RegistrySession,
  options: {
    digest: Digest;
    collection: ReferrerCollection;
    api: ApiSupport;
  },
): Promise<RegistryResult<ReferrerList>> {
  const { collection, api } = options;
  const index = await fetchManifest(session, referrersTag(options.digest));
  if (!index.ok) {
    if (index.reason === 'notFound') {
      return registryValue(
        collection.list(api === 'supported' ? 'api' : 'fallbackTag'),
      );
    }
    if (api === 'unsupported') {
      return index;
    }
    collection.fail(index);
    return registryValue(collection.list('api'));
  }
  if (index.value.mediaType !== OCI_INDEX) {
    return wrongType(index.value.mediaType);
  }
  collection.add(index.value.json.manifests as unknown[]);
  return registryValue(collection.list('fallbackTag'));
}
