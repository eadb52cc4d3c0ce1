import { ReasonCode } from 'backstage-plugin-supply-chain-common';
import {
  parseDescriptor,
  RegistryManifest,
} from 'backstage-plugin-supply-chain-node/registry';
import { FoundLayer, LayerForm } from './place';

/** CVE-2023-46737: a manifest may list thousands. */
export const LAYERS_MAX = 64;

/** The layers of one manifest that are cosign's. */
export type PickedLayers = {
  layers: Pick<
    FoundLayer,
    'form' | 'descriptor' | 'annotations' | 'carrier' | 'isForeign'
  >[];
  /** Why not all of them could be picked. */
  reason?: ReasonCode;
};

/** Media types of layers: https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md */
function formOf(mediaType: string): LayerForm | undefined {
  if (mediaType.startsWith('application/vnd.dev.sigstore.bundle')) {
    return 'bundle';
  }
  switch (mediaType) {
    case 'application/vnd.dev.cosign.simplesigning.v1+json':
      return 'simpleSigning';
    case 'application/vnd.dsse.envelope.v1+json':
      return 'envelope';
    default:
      return undefined;
  }
}

/**
 * Picks the layers that may be signatures. Their own media types decide, never what a list says about the manifest:
 * registries and signers write all sorts of artifact types.
 */
export function pickLayers(
  manifest: RegistryManifest,
  isForeign = false,
): PickedLayers {
  const { json, digest: carrier } = manifest;
  const all = Array.isArray(json.layers) ? json.layers : [];
  const descriptors = all.slice(0, LAYERS_MAX).map(parseDescriptor);
  const layers = descriptors.flatMap(descriptor => {
    const form = descriptor && formOf(descriptor.mediaType);
    return descriptor && form
      ? [
          {
            form,
            descriptor,
            annotations: descriptor.annotations,
            carrier,
            isForeign,
          },
        ]
      : [];
  });
  return { layers, ...reasonFor(all.length, descriptors) };
}

function reasonFor(
  count: number,
  descriptors: unknown[],
): { reason?: ReasonCode } {
  if (count > LAYERS_MAX) {
    return { reason: 'tooManyCandidates' };
  }
  return descriptors.includes(undefined) ? { reason: 'malformedDocument' } : {};
}
