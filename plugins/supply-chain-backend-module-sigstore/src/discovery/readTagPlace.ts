import {
  digestAlgorithm,
  digestHex,
} from 'backstage-plugin-supply-chain-common';
import { pickLayers } from './pickLayers';
import { LookTarget, PlaceContent, placeLook, unreadPlace } from './place';

const SUFFIXES = { sigTag: '.sig', attTag: '.att' } as const;

/**
 * Reads a tag of cosign's old formats: one manifest, one layer per signature.
 *
 * https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#storage
 */
export async function readTagPlace(
  target: LookTarget,
  place: keyof typeof SUFFIXES,
): Promise<PlaceContent> {
  const { registry, repository, about, options } = target;
  const location = `${digestAlgorithm(about)}-${digestHex(about)}${
    SUFFIXES[place]
  }`;
  const manifest = await registry.getManifest(repository, location, options);
  if (!manifest.ok) {
    return unreadPlace({ place, location, about }, manifest);
  }
  const { layers, reason } = pickLayers(manifest.value);
  return {
    look: placeLook({ place, location, about, found: layers.length, reason }),
    layers: layers.map(layer => ({ ...layer, place, about })),
  };
}
