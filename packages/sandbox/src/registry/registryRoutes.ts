import { IncomingMessage } from 'node:http';
import { Reply } from '../http';
import { OCI_INDEX, OCI_MANIFEST, OciDescriptor } from './content';
import { RegistryGate } from './registryAuthentication';
import { referrersIndex, RegistryStore } from './RegistryStore';

const VERSION_HEADER = { 'Docker-Distribution-Api-Version': 'registry/2.0' };

interface RegistryRequest {
  request: IncomingMessage;
  repository?: string;
  store: RegistryStore;
  gate: RegistryGate;
  referrersPageSize?: number;
  referrersFilter: boolean;
}

/**
 * Answers one request by the distribution specification:
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints
 * @public
 */
export function answerRegistryRequest(options: RegistryRequest): Reply {
  const { request, repository, store, gate } = options;
  const url = new URL(request.url ?? '/', 'http://sandbox');
  if (url.pathname === '/token') {
    return gate.issue(request);
  }
  const refusal = gate.check({
    request,
    url: `http://${request.headers.host}`,
    repository,
  });
  if (refusal) {
    return { ...refusal, headers: { ...VERSION_HEADER, ...refusal.headers } };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return failure(405, 'UNSUPPORTED', 'The operation is unsupported.');
  }
  if (url.pathname === '/v2/' || url.pathname === '/v2') {
    return jsonReply({});
  }
  const [, kind, reference] =
    /^\/v2\/.+\/(manifests|blobs|referrers|tags)\/([^/]+)$/.exec(
      url.pathname,
    ) ?? [];
  if (!repository || !kind) {
    return pageNotFound();
  }
  if (!store.find(repository)) {
    return failure(
      404,
      'NAME_UNKNOWN',
      'repository name not known to registry',
    );
  }
  switch (kind) {
    case 'manifests':
      return manifestReply(options, repository, decodeURIComponent(reference));
    case 'blobs':
      return blobReply(store, repository, decodeURIComponent(reference));
    case 'referrers':
      return referrersReply(options, repository, decodeURIComponent(reference));
    default:
      return reference === 'list'
        ? tagsReply(store, repository, url)
        : pageNotFound();
  }
}

function manifestReply(
  options: RegistryRequest,
  repository: string,
  reference: string,
): Reply {
  const manifest = options.store.manifest(repository, reference);
  if (!manifest) {
    return failure(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  }
  if (!accepts(options.request, manifest.mediaType)) {
    // docker-registry 2.8.2 does the same for OCI media types.
    return failure(
      404,
      'MANIFEST_UNKNOWN',
      'OCI manifest found, but accept header does not support OCI manifests',
    );
  }
  return {
    status: 200,
    headers: {
      ...VERSION_HEADER,
      'Content-Type': manifest.mediaType,
      'Docker-Content-Digest': manifest.digest,
      ETag: `"${manifest.digest}"`,
    },
    body: manifest.body,
  };
}

function accepts(request: IncomingMessage, mediaType: string): boolean {
  if (mediaType !== OCI_MANIFEST && mediaType !== OCI_INDEX) {
    return true;
  }
  const offered = (request.headers.accept ?? '')
    .split(',')
    .map(entry => entry.split(';')[0].trim());
  return offered.includes('*/*') || offered.includes(mediaType);
}

function blobReply(
  store: RegistryStore,
  repository: string,
  digest: string,
): Reply {
  const body = store.find(repository)?.blobs[digest];
  if (!body) {
    return failure(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  }
  return {
    status: 200,
    headers: {
      ...VERSION_HEADER,
      'Content-Type': 'application/octet-stream',
      'Docker-Content-Digest': digest,
      ETag: `"${digest}"`,
    },
    body,
  };
}

function referrersReply(
  options: RegistryRequest,
  repository: string,
  subject: string,
): Reply {
  const content = options.store.find(repository);
  if (!content?.referrersApi) {
    return pageNotFound();
  }
  const url = new URL(options.request.url ?? '/', 'http://sandbox');
  const artifactType = url.searchParams.get('artifactType');
  const filtered = artifactType !== null && options.referrersFilter;
  const all = (content.referrers[subject] ?? []).filter(
    entry => !filtered || entry.artifactType === artifactType,
  );
  const page = pageOf(all, url, options.referrersPageSize);
  return {
    status: 200,
    headers: {
      ...VERSION_HEADER,
      'Content-Type': OCI_INDEX,
      ...(filtered ? { 'OCI-Filters-Applied': 'artifactType' } : {}),
      ...(page.next ? { Link: `<${page.next}>; rel="next"` } : {}),
    },
    body: Buffer.from(referrersIndex(page.entries)),
  };
}

function pageOf(
  all: OciDescriptor[],
  url: URL,
  pageSize: number | undefined,
): { entries: OciDescriptor[]; next?: string } {
  const last = url.searchParams.get('last');
  const start = last ? all.findIndex(entry => entry.digest === last) + 1 : 0;
  const end = pageSize === undefined ? all.length : start + pageSize;
  const entries = all.slice(start, end);
  if (end >= all.length || entries.length === 0) {
    return { entries };
  }
  const next = new URL(url);
  next.searchParams.set('n', String(pageSize));
  next.searchParams.set('last', entries[entries.length - 1].digest);
  return { entries, next: `${next.pathname}${next.search}` };
}

function tagsReply(store: RegistryStore, repository: string, url: URL): Reply {
  const tags = store.tags(repository);
  const last = url.searchParams.get('last');
  const limit = Number(url.searchParams.get('n') ?? tags.length);
  const rest = last === null ? tags : tags.filter(tag => tag > last);
  const page = rest.slice(0, limit);
  const next =
    page.length < rest.length &&
    `/v2/${repository}/tags/list?n=${limit}&last=${page[page.length - 1]}`;
  const reply = jsonReply({ name: repository, tags: page });
  return next
    ? { ...reply, headers: { ...reply.headers, Link: `<${next}>; rel="next"` } }
    : reply;
}

function jsonReply(body: unknown): Reply {
  return {
    status: 200,
    headers: {
      ...VERSION_HEADER,
      'Content-Type': 'application/json; charset=utf-8',
    },
    body: Buffer.from(JSON.stringify(body)),
  };
}

function failure(status: number, code: string, message: string): Reply {
  return {
    status,
    headers: {
      ...VERSION_HEADER,
      'Content-Type': 'application/json; charset=utf-8',
    },
    body: Buffer.from(
      JSON.stringify({ errors: [{ code, message, detail: null }] }),
    ),
  };
}

/** What docker-registry 2.8.2 says for a path it does not know. */
function pageNotFound(): Reply {
  return {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: Buffer.from('404 page not found\n'),
  };
}
