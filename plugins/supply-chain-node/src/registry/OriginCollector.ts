import {
  BaseImage,
  Digest,
  EvidenceOf,
  ImageSubject,
  isDigest,
  isRecord,
  OriginDetail,
  parseImageReference,
  PlatformManifest,
  shortText,
} from 'backstage-plugin-supply-chain-common';
import type { CollectContext, EvidenceCollector } from '../feeds';
import { parseDescriptor, RegistryDescriptor } from './parseDescriptor';
import type { RegistryManifest } from './readManifest';
import type { RegistryCallOptions, RegistryClient } from './RegistryClient';
import type { RegistryFailure } from './registryResult';

const EVIDENCE_LIFETIME_MS = 24 * 60 * 60 * 1000;
/** Tags of one subject that are resolved; workloads name one or two. */
const TAGS_MAX = 32;

const INDEX_TYPES = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
const IMAGE_TYPES = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);
/** Set by BuildKit on what is not an image: https://github.com/moby/buildkit/blob/v0.20.0/docs/attestations/attestation-storage.md */
const BUILDKIT_REFERENCE_TYPE = 'vnd.docker.reference.type';

/** Ends a look early; `collect` turns it into evidence. */
class LookFailed extends Error {
  constructor(readonly failure: RegistryFailure) {
    super(failure.detail);
  }
}

/**
 * Collects registry facts of a subject: what it is, which platforms an index holds, which indexes list it, and what
 * the tags that workloads name resolve to now.
 *
 * @public
 */
export class OriginCollector implements EvidenceCollector {
  readonly id = 'origin';
  readonly kinds = ['origin'] as const;
  readonly #registry: RegistryClient;

  /** Creates a collector that reads through this client. */
  static create(options: { registry: RegistryClient }): OriginCollector {
    return new OriginCollector(options.registry);
  }

  private constructor(registry: RegistryClient) {
    this.#registry = registry;
  }

  /** Reads the facts; what cannot be read is `unavailable` as a whole, so that half an answer never replaces one (L6). */
  async collect(
    subject: ImageSubject,
    context: CollectContext,
  ): Promise<EvidenceOf<'origin'>[]> {
    const evidence = {
      subject,
      collector: this.id,
      kind: 'origin' as const,
      observedAt: context.now.toISOString(),
    };
    try {
      return [
        {
          ...evidence,
          status: 'present',
          expiresAt: new Date(
            context.now.getTime() + EVIDENCE_LIFETIME_MS,
          ).toISOString(),
          detail: await this.#read(subject, context),
        },
      ];
    } catch (error) {
      if (!(error instanceof LookFailed)) {
        throw error;
      }
      const { reason, detail } = error.failure;
      return [
        {
          ...evidence,
          status: 'unavailable',
          reason: reason === 'notFound' ? 'subjectNotFound' : reason,
          message: detail,
        },
      ];
    }
  }

  async #read(
    subject: ImageSubject,
    context: CollectContext,
  ): Promise<OriginDetail> {
    const { repository, digest } = subject;
    const { signal } = context;
    const access = await this.#registry.proveAccess(repository, digest, {
      signal,
    });
    if (!access.ok) {
      throw new LookFailed(access);
    }
    const { manifest, proof } = access.value;
    const options: RegistryCallOptions = { proof, signal };
    const isIndex = INDEX_TYPES.has(manifest.mediaType);
    const tags = await this.#resolveTags(subject, {
      names: tagsOf(subject, context.imageRefs),
      options,
    });
    const candidates = new Set([
      ...tags.map(tag => tag.digest),
      ...digestsOf(subject, context.imageRefs),
    ]);
    candidates.delete(digest);
    return {
      kind: isIndex ? 'index' : 'manifest',
      mediaType: manifest.mediaType,
      sizeBytes: manifest.bytes.length,
      children: isIndex ? platformsOf(manifest) : [],
      parents: isIndex
        ? []
        : await this.#findParents(subject, { candidates, options }),
      tags,
      ...baseOf(manifest),
    };
  }

  async #resolveTags(
    subject: ImageSubject,
    { names, options }: { names: string[]; options: RegistryCallOptions },
  ): Promise<OriginDetail['tags']> {
    const resolved = await Promise.all(
      names.map(async tag => {
        const manifest = await this.#readOptional(subject, tag, options);
        return manifest ? [{ tag, digest: manifest.digest }] : [];
      }),
    );
    return resolved.flat();
  }

  async #findParents(
    subject: ImageSubject,
    {
      candidates,
      options,
    }: { candidates: Set<Digest>; options: RegistryCallOptions },
  ): Promise<Digest[]> {
    const parents = await Promise.all(
      [...candidates].map(async candidate => {
        // L3: by digest, so that its bytes are proven to be those of the index.
        const index = await this.#readOptional(subject, candidate, options);
        const lists =
          index &&
          INDEX_TYPES.has(index.mediaType) &&
          platformsOf(index).some(({ digest }) => digest === subject.digest);
        return lists ? [candidate] : [];
      }),
    );
    return parents.flat().sort();
  }

  /** A tag may be gone, and that is a fact; anything else that fails is not. */
  async #readOptional(
    subject: ImageSubject,
    digestOrTag: string,
    options: RegistryCallOptions,
  ): Promise<RegistryManifest | undefined> {
    const manifest = await this.#registry.getManifest(
      subject.repository,
      digestOrTag,
      options,
    );
    if (manifest.ok) {
      return manifest.value;
    }
    if (manifest.reason === 'notFound') {
      return undefined;
    }
    throw new LookFailed(manifest);
  }
}

/** https://specs.opencontainers.org/image-spec/annotations/#pre-defined-annotation-keys */
const BASE = 'org.opencontainers.image.base';
const BASE_NAME_MAX_LENGTH = 512;

/** What the image says it was built on; a digest that is none is left out. */
function baseOf({ json }: RegistryManifest): { base?: BaseImage } {
  const annotations = isRecord(json.annotations) ? json.annotations : {};
  const name = shortText(annotations[`${BASE}.name`], BASE_NAME_MAX_LENGTH);
  const digest = annotations[`${BASE}.digest`];
  const base = {
    ...(name && { name }),
    ...(typeof digest === 'string' && isDigest(digest) && { digest }),
  };
  return Object.keys(base).length > 0 ? { base } : {};
}

/** L3: image platforms only, never `unknown/unknown` and never an artifact. */
function platformsOf(index: RegistryManifest): PlatformManifest[] {
  const entries = index.json.manifests as unknown[];
  return entries.flatMap(entry => {
    const descriptor = parseDescriptor(entry);
    const platform = descriptor && platformOf(descriptor);
    return descriptor && platform
      ? [{ digest: descriptor.digest, platform }]
      : [];
  });
}

function platformOf(descriptor: RegistryDescriptor): string | undefined {
  const { platform, mediaType, artifactType, annotations } = descriptor;
  if (
    !platform ||
    !IMAGE_TYPES.has(mediaType) ||
    artifactType !== undefined ||
    BUILDKIT_REFERENCE_TYPE in annotations
  ) {
    return undefined;
  }
  const { os, architecture, variant } = platform;
  if ([os, architecture].some(part => part === '' || part === 'unknown')) {
    return undefined;
  }
  return [os, architecture, ...(variant ? [variant] : [])].join('/');
}

function referencesOf(subject: ImageSubject, imageRefs: string[]) {
  return imageRefs.flatMap(text => {
    const parsed = parseImageReference(text);
    return parsed.ok && parsed.reference.repository === subject.repository
      ? [parsed.reference]
      : [];
  });
}

function tagsOf(subject: ImageSubject, imageRefs: string[]): string[] {
  const tags = referencesOf(subject, imageRefs).flatMap(({ tag }) => tag ?? []);
  return [...new Set(tags)].sort().slice(0, TAGS_MAX);
}

function digestsOf(subject: ImageSubject, imageRefs: string[]): Digest[] {
  const digests = referencesOf(subject, imageRefs).flatMap(
    ({ digest }) => digest ?? [],
  );
  return [...new Set(digests)].slice(0, TAGS_MAX);
}
