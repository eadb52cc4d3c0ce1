import { Digest, parseDigest } from 'backstage-plugin-supply-chain-common';

/**
 * A descriptor as somebody wrote it. Everything but the digest is a claim
 * until the document itself was read; `urls` and `data` are never used.
 *
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md
 *
 * @public
 */
export interface RegistryDescriptor {
  mediaType: string;
  digest: Digest;
  size: number;
  artifactType?: string;
  annotations: Record<string, string>;
  /** Platform of an entry of an image index. */
  platform?: { os: string; architecture: string; variant?: string };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || isText(value);
}

function parsePlatform(value: unknown): RegistryDescriptor['platform'] {
  if (
    !isRecord(value) ||
    !isText(value.os) ||
    !isText(value.architecture) ||
    !isOptionalText(value.variant)
  ) {
    return undefined;
  }
  const { os, architecture, variant } = value;
  return { os, architecture, ...(variant !== undefined && { variant }) };
}

function parseAnnotations(value: unknown): Record<string, string> | undefined {
  // Go writes an empty map as null.
  const annotations = value ?? {};
  return isRecord(annotations) && Object.values(annotations).every(isText)
    ? (annotations as Record<string, string>)
    : undefined;
}

/**
 * Reads a descriptor; `undefined` when it is malformed.
 *
 * @public
 */
export function parseDescriptor(
  value: unknown,
): RegistryDescriptor | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { mediaType, size, artifactType } = value;
  const digest = parseDigest(value.digest);
  const annotations = parseAnnotations(value.annotations);
  if (
    !digest ||
    !annotations ||
    !isText(mediaType) ||
    !isOptionalText(artifactType) ||
    !Number.isSafeInteger(size) ||
    (size as number) < 0
  ) {
    return undefined;
  }
  const platform = parsePlatform(value.platform);
  return {
    mediaType,
    digest,
    size: size as number,
    annotations,
    ...(artifactType !== undefined && { artifactType }),
    ...(platform && { platform }),
  };
}
