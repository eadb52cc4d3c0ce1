import {
  Digest,
  isRecord,
  parseDigest,
} from 'backstage-plugin-supply-chain-common';
import {
  ContentLocation,
  RunningContent,
} from 'backstage-plugin-supply-chain-node';
import {
  BlobAddress,
  readRegistriesFor,
  RegistryClient,
  RegistryManifest,
  RegistryResult,
} from 'backstage-plugin-supply-chain-node/registry';
import { clairFailure, ClairResult } from './ClairResult';

/** More layers than any builder makes. */
const LAYERS_MAX = 512;

/** Options of {@link addressLayers}. */
export type AddressLayersOptions = {
  registry: RegistryClient;
  content: RunningContent;
  signal: AbortSignal;
};

/**
 * Where Clair may fetch the layers of an image. It is the same image in every repository it runs from, so that the first
 * one that gives it is enough; when none does, what the first one said is told.
 */
export async function addressLayers(
  options: AddressLayersOptions,
): Promise<ClairResult<BlobAddress[]>> {
  const { content, signal } = options;
  let refused: ClairResult<BlobAddress[]> | undefined;
  for (const location of content.locations) {
    const layers = await layersAt(location, options);
    if (layers.ok) {
      return layers;
    }
    const { reason, detail, retryAfterMs } = layers;
    refused ??= clairFailure(reason, detail, { waitMs: retryAfterMs });
    if (signal.aborted) {
      break;
    }
  }
  return (
    refused ??
    clairFailure('notCollectedYet', 'No registry tells what this image is')
  );
}

function layersAt(
  { repository, use }: ContentLocation,
  { registry, content, signal }: AddressLayersOptions,
): Promise<RegistryResult<BlobAddress[]>> {
  const { digest } = content;
  return readRegistriesFor(
    use,
    async (): Promise<RegistryResult<BlobAddress[]>> => {
      const manifest = await registry.getManifest(repository, digest, {
        signal,
      });
      if (!manifest.ok) {
        return manifest;
      }
      const digests = layersOf(manifest.value);
      return digests
        ? registry.addressBlobs(repository, digests, { signal })
        : {
            ok: false,
            kind: 'definitive',
            reason: 'malformedDocument',
            detail: `${digest} is no image with layers`,
          };
    },
  );
}

/** The layers in order, which is what they are stacked in; undefined where it is no list of them. */
function layersOf({ json }: RegistryManifest): Digest[] | undefined {
  const { layers } = json;
  if (!Array.isArray(layers) || !layers.length || layers.length > LAYERS_MAX) {
    return undefined;
  }
  const digests = layers.map(layer =>
    isRecord(layer) ? parseDigest(layer.digest) : undefined,
  );
  return digests.every(digest => digest !== undefined) ? digests : undefined;
}
