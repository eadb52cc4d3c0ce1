import {
  digestOf,
  fallbackTagOf,
  OCI_INDEX,
  OciDescriptor,
  RegistryContent,
  RepositoryContent,
} from './content';

interface Manifest {
  mediaType: string;
  body: Buffer;
}

/**
 * Content of a registry in memory. Digests are computed, never believed,
 * except where a recorded dump is loaded as it is.
 * @public
 */
export class RegistryStore {
  readonly #repositories = new Map<string, RepositoryContent>();
  #referrersApi: boolean;

  constructor(options: { referrersApi: boolean }) {
    this.#referrersApi = options.referrersApi;
  }

  load(content: RegistryContent): void {
    for (const repository of content.repositories) {
      this.#repositories.set(repository.name, structuredCopy(repository));
    }
  }

  find(name: string): RepositoryContent | undefined {
    return this.#repositories.get(name);
  }

  names(): string[] {
    return [...this.#repositories.keys()].sort();
  }

  setReferrersApi(enabled: boolean, repository?: string): void {
    if (repository !== undefined) {
      this.#repository(repository).referrersApi = enabled;
      return;
    }
    this.#referrersApi = enabled;
    for (const content of this.#repositories.values()) {
      content.referrersApi = enabled;
    }
  }

  putBlob(name: string, body: Buffer): string {
    const digest = digestOf(body);
    this.#repository(name).blobs[digest] = body;
    return digest;
  }

  putManifest(
    name: string,
    options: { mediaType: string; body: Buffer; tag?: string },
  ): string {
    const repository = this.#repository(name);
    const digest = digestOf(options.body);
    const known = digest in repository.manifests;
    repository.manifests[digest] = {
      mediaType: options.mediaType,
      body: options.body,
    };
    if (options.tag !== undefined) {
      repository.tags[options.tag] = digest;
    }
    const subject = known ? undefined : subjectOf(options.body);
    if (subject) {
      this.addReferrer(
        name,
        subject,
        describeManifest({ ...options, digest, size: options.body.length }),
      );
    }
    return digest;
  }

  addReferrer(name: string, subject: string, descriptor: OciDescriptor): void {
    const { referrers } = this.#repository(name);
    referrers[subject] = [...(referrers[subject] ?? []), descriptor];
  }

  tag(name: string, tag: string, digest: string): void {
    this.#repository(name).tags[tag] = digest;
  }

  untag(name: string, tag: string): void {
    delete this.#repository(name).tags[tag];
  }

  /** Removes a manifest, its tags and its entry among the referrers. */
  deleteManifest(name: string, digest: string): void {
    const repository = this.#repository(name);
    delete repository.manifests[digest];
    for (const [tag, target] of Object.entries(repository.tags)) {
      if (target === digest) {
        delete repository.tags[tag];
      }
    }
    for (const [subject, list] of Object.entries(repository.referrers)) {
      repository.referrers[subject] = list.filter(
        entry => entry.digest !== digest,
      );
    }
  }

  /** A manifest by digest or tag; the fallback tag exists only without the API. */
  manifest(
    name: string,
    reference: string,
  ): (Manifest & { digest: string }) | undefined {
    const repository = this.#repositories.get(name);
    if (!repository) {
      return undefined;
    }
    const digest = reference.includes(':')
      ? reference
      : repository.tags[reference];
    const stored = digest && repository.manifests[digest];
    if (stored) {
      return { ...stored, digest };
    }
    return repository.referrersApi
      ? undefined
      : fallbackIndex(repository, reference);
  }

  tags(name: string): string[] {
    const repository = this.#repositories.get(name);
    if (!repository) {
      return [];
    }
    const fallback = repository.referrersApi
      ? []
      : Object.entries(repository.referrers)
          .filter(([, list]) => list.length > 0)
          .map(([subject]) => fallbackTagOf(subject));
    return [...new Set([...Object.keys(repository.tags), ...fallback])].sort();
  }

  #repository(name: string): RepositoryContent {
    let repository = this.#repositories.get(name);
    if (!repository) {
      repository = {
        name,
        referrersApi: this.#referrersApi,
        tags: {},
        manifests: {},
        blobs: {},
        referrers: {},
      };
      this.#repositories.set(name, repository);
    }
    return repository;
  }
}

function structuredCopy(content: RepositoryContent): RepositoryContent {
  return {
    ...content,
    tags: { ...content.tags },
    manifests: { ...content.manifests },
    blobs: { ...content.blobs },
    referrers: { ...content.referrers },
  };
}

function fallbackIndex(
  repository: RepositoryContent,
  reference: string,
): (Manifest & { digest: string }) | undefined {
  for (const [subject, manifests] of Object.entries(repository.referrers)) {
    const body = Buffer.from(referrersIndex(manifests));
    const digest = digestOf(body);
    const wanted = reference === fallbackTagOf(subject) || reference === digest;
    if (wanted && manifests.length > 0) {
      return { mediaType: OCI_INDEX, body, digest };
    }
  }
  return undefined;
}

/**
 * The document of the referrers API and of the fallback tag.
 * @public
 */
export function referrersIndex(manifests: OciDescriptor[]): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests });
}

function parseObject(body: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return parsed !== null && typeof parsed === 'object'
      ? (parsed as Record<string, unknown>)
      : {};
  } catch {
    // Attack cases hold manifests that are no JSON: such a one names no subject.
    return {};
  }
}

function subjectOf(body: Buffer): string | undefined {
  const subject = parseObject(body).subject as OciDescriptor | undefined;
  return typeof subject?.digest === 'string' ? subject.digest : undefined;
}

/**
 * The descriptor a registry with the referrers API makes of a manifest:
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 * @public
 */
export function describeManifest(options: {
  mediaType: string;
  digest: string;
  size: number;
  body: Buffer;
}): OciDescriptor {
  const manifest = parseObject(options.body) as {
    artifactType?: string;
    config?: { mediaType?: string };
    annotations?: Record<string, string>;
  };
  const artifactType = manifest.artifactType ?? manifest.config?.mediaType;
  return {
    mediaType: options.mediaType,
    digest: options.digest,
    size: options.size,
    ...(artifactType ? { artifactType } : {}),
    ...(manifest.annotations ? { annotations: manifest.annotations } : {}),
  };
}
