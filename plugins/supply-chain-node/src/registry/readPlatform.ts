import {
  EvidenceOf,
  ImageSubject,
  parseStrictJson,
} from 'backstage-plugin-supply-chain-common';
import { parseDescriptor } from './parseDescriptor';
import type { RegistryClient } from './RegistryClient';

const CONFIG_MAX_BYTES = 4 * 1024 * 1024;

/**
 * The platform of an image as its configuration says, or those an index lists, sorted and joined by commas.
 * `undefined` when it cannot be read: no rule about signatures depends on it.
 *
 * @public
 */
export async function readPlatform(options: {
  registry: Pick<RegistryClient, 'getManifest' | 'getBlob'>;
  subject: ImageSubject;
  origin: EvidenceOf<'origin'> | undefined;
  signal: AbortSignal;
}): Promise<string | undefined> {
  const { registry, subject, origin, signal } = options;
  if (origin?.detail?.kind !== 'manifest') {
    const platforms = origin?.detail?.children.map(({ platform }) => platform);
    return [...new Set(platforms)].sort().join(',') || undefined;
  }
  const { repository, digest } = subject;
  const manifest = await registry.getManifest(repository, digest, { signal });
  const config = manifest.ok && parseDescriptor(manifest.value.json.config);
  const bytes =
    config &&
    (await registry.getBlob(repository, config, {
      signal,
      maxBytes: CONFIG_MAX_BYTES,
    }));
  return bytes && bytes.ok ? platformOf(bytes.value) : undefined;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties */
function platformOf(config: Uint8Array): string | undefined {
  const parsed = parseStrictJson(config, { maxBytes: CONFIG_MAX_BYTES });
  const value = parsed.ok ? parsed.value : undefined;
  const { os, architecture, variant } = (value ?? {}) as Record<
    string,
    unknown
  >;
  return isWord(os) && isWord(architecture)
    ? [os, architecture, ...(isWord(variant) ? [variant] : [])].join('/')
    : undefined;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]+$/.test(value);
}
