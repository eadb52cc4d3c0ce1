import { hash } from 'crypto';
import { Digest, digestAlgorithm } from 'backstage-plugin-supply-chain-common';
import { parseJsonObject } from './parseJsonObject';
import {
  registryFailure,
  RegistryResult,
  registryValue,
} from './registryResult';

/**
 * A manifest or index whose bytes have the digest it is given with.
 *
 * @public
 */
export interface RegistryManifest {
  digest: Digest;
  mediaType: string;
  bytes: Uint8Array;
  /** The document, not checked beyond what this interface says. */
  json: Record<string, unknown>;
}

/** Media type of an OCI index. */
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

const INDEX_TYPES = new Set([
  OCI_INDEX,
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
const IMAGE_TYPES = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);

/** The `Accept` header for manifests: docker-registry 2.8 answers 404 without one. */
export const MANIFEST_ACCEPT = [...IMAGE_TYPES, ...INDEX_TYPES].join(', ');

/** The digest of bytes. */
export function digestOfBytes(
  bytes: Uint8Array,
  algorithm: 'sha256' | 'sha512' = 'sha256',
): Digest {
  return `${algorithm}:${hash(algorithm, bytes, 'hex')}` as Digest;
}

/** Whether the bytes have the digest. */
export function hasDigest(bytes: Uint8Array, digest: Digest): boolean {
  return digestOfBytes(bytes, digestAlgorithm(digest)) === digest;
}

function withoutParameters(contentType: string | undefined) {
  return contentType?.split(';', 1)[0].trim().toLowerCase() || undefined;
}

function isKnown(mediaType: string): boolean {
  return INDEX_TYPES.has(mediaType) || IMAGE_TYPES.has(mediaType);
}

/**
 * Whether readers could disagree about what the document is. Keys are compared
 * without case, because Go's readers do.
 * https://github.com/advisories/GHSA-77vh-xpmg-72qh (CVE-2021-41190)
 */
function isAmbiguous(
  json: Record<string, unknown>,
  mediaType: string,
): boolean {
  const keys = Object.keys(json).map(key => key.toLowerCase());
  const foreign = INDEX_TYPES.has(mediaType)
    ? ['layers', 'config']
    : ['manifests'];
  return (
    new Set(keys).size !== keys.length ||
    foreign.some(key => keys.includes(key)) ||
    !Array.isArray(json[INDEX_TYPES.has(mediaType) ? 'manifests' : 'layers'])
  );
}

/**
 * Checks an answer to a request for a manifest: type, bytes, shape, in this
 * order. Without an expected digest (a tag was asked for) the digest is
 * computed; what the registry says about it in a header is not looked at.
 */
export function readManifest(answer: {
  bytes: Uint8Array;
  contentType: string | undefined;
  expectedDigest?: Digest;
}): RegistryResult<RegistryManifest> {
  const { bytes, expectedDigest } = answer;
  const declared = withoutParameters(answer.contentType);
  if (declared !== undefined && !isKnown(declared)) {
    return registryFailure(
      'wrongContentType',
      `expected a manifest, got "${declared}"`,
    );
  }
  if (expectedDigest && !hasDigest(bytes, expectedDigest)) {
    return registryFailure(
      'digestMismatch',
      `expected "${expectedDigest}", got "${digestOfBytes(bytes)}"`,
    );
  }
  const json = parseJsonObject(bytes);
  if (!json) {
    return registryFailure('malformedDocument', 'the manifest is not JSON');
  }
  const mediaType = agreedMediaType(json.mediaType, declared);
  if (mediaType === undefined) {
    return registryFailure(
      'wrongContentType',
      `the manifest says "${json.mediaType}" and the registry "${declared}"`,
    );
  }
  if (isAmbiguous(json, mediaType)) {
    return registryFailure(
      'malformedDocument',
      `the manifest is no clear "${mediaType}"`,
    );
  }
  const digest = expectedDigest ?? digestOfBytes(bytes);
  return registryValue({ digest, mediaType, bytes, json });
}

function agreedMediaType(
  inBody: unknown,
  declared: string | undefined,
): string | undefined {
  if (inBody === undefined) {
    return declared;
  }
  const agrees = declared === undefined || declared === inBody;
  return typeof inBody === 'string' && isKnown(inBody) && agrees
    ? inBody
    : undefined;
}
