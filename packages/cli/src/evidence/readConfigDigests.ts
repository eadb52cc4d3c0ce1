import {
  Digest,
  ImageSubject,
  OriginDetail,
  parseDigest,
} from 'backstage-plugin-supply-chain-common';
import {
  parseDescriptor,
  RegistryClient,
} from 'backstage-plugin-supply-chain-node/registry';

/** Platforms of an index whose configurations are compared; no image has nearly as many. */
const MAX_PLATFORMS = 32;

/**
 * The manifest each image configuration belongs to, by the digest of the configuration: of the image itself, or of the
 * platforms of an index. What cannot be read is left out, so that it belongs to nothing.
 */
export async function readConfigDigests(options: {
  registry: RegistryClient;
  subject: ImageSubject;
  origin: OriginDetail;
  signal: AbortSignal;
}): Promise<Map<Digest, Digest>> {
  const { registry, subject, origin, signal } = options;
  const { repository, digest } = subject;
  const manifests =
    origin.kind === 'manifest'
      ? [digest]
      : origin.children.slice(0, MAX_PLATFORMS).map(each => each.digest);
  const found = await Promise.all(
    manifests.map(async each => {
      const manifest = await registry.getManifest(repository, each, { signal });
      const config = manifest.ok
        ? parseDescriptor(manifest.value.json.config)
        : undefined;
      const configDigest = parseDigest(config?.digest);
      return configDigest ? ([[configDigest, each]] as const) : [];
    }),
  );
  return new Map(found.flat());
}
