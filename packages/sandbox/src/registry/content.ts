import { createHash } from 'node:crypto';

/**
 * A content descriptor of the OCI image specification.
 * @public
 */
export interface OciDescriptor {
  mediaType: string;
  digest: string;
  size: number;
  artifactType?: string;
  annotations?: Record<string, string>;
  platform?: { os: string; architecture: string; variant?: string };
}

/**
 * Everything one repository holds.
 * @public
 */
export interface RepositoryContent {
  name: string;
  /** False: `/referrers/` answers 404 as docker-registry 2.8.2 does. */
  referrersApi: boolean;
  tags: Record<string, string>;
  manifests: Record<string, { mediaType: string; body: Buffer }>;
  blobs: Record<string, Buffer>;
  /** Descriptors by subject digest, as the registry recorded them. */
  referrers: Record<string, OciDescriptor[]>;
}

/**
 * Content for a whole registry.
 * @public
 */
export interface RegistryContent {
  repositories: RepositoryContent[];
}

/** @public */
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
/** @public */
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
/** @public */
export const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
/** @public */
export const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
/** @public */
export const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';

/**
 * `sha256:<hex>` of the bytes.
 * @public
 */
export function digestOf(body: Buffer | string): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

/**
 * The tag under which clients find referrers when the API is missing:
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema
 * @public
 */
export function fallbackTagOf(digest: string): string {
  return digest.replace(':', '-');
}
