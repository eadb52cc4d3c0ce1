/**
 * A content digest as it is written in references and descriptors:
 * `sha256:` and 64, or `sha512:` and 128, lower-case hexadecimal digits.
 *
 * Only {@link parseDigest} and {@link isDigest} make one, so a value of this
 * type needs no second check.
 *
 * @public
 */
export type Digest = string & { readonly __brand: 'Digest' };

/**
 * The algorithms a {@link Digest} may name.
 *
 * @public
 */
export type DigestAlgorithm = 'sha256' | 'sha512';

// https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests
// Upper case is refused there too: two spellings of one digest would be two subjects.
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/**
 * Whether the value is a well-formed {@link Digest}.
 *
 * @public
 */
export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && DIGEST.test(value);
}

/**
 * The value as a {@link Digest}, or `undefined` when it is none.
 *
 * @public
 */
export function parseDigest(value: unknown): Digest | undefined {
  return isDigest(value) ? value : undefined;
}

/**
 * The algorithm a digest names.
 *
 * @public
 */
export function digestAlgorithm(digest: Digest): DigestAlgorithm {
  return digest.startsWith('sha256:') ? 'sha256' : 'sha512';
}

/**
 * The hexadecimal part of a digest.
 *
 * @public
 */
export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}
