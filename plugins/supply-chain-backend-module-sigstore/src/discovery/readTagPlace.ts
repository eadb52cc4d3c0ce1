import {
  digestAlgorithm,
  digestHex,
} from 'backstage-plugin-supply-chain-common';
import { pickLayers } from './pickLayers';
import { LookTarget, PlaceContent, placeLook, unreadPlace } from './place';

const SUFFIXES = { sigTag: '.sig', attTag: '.att', sbomTag: '.sbom' } as const;

/**
 * Reads a tag of cosign's old formats: one manifest, one layer per signature. An `.sbom` tag holds a document that nobody
 * signed; it is looked at so that the trail is complete.
 *
 * https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#storage
 */
export async function readTagPlace(
  target: LookTarget,
  place: keyof typeof SUFFIXES,
): Promise<PlaceContent> {
  const { registry, repository, about, options, elsewhere } = target;
  const prefix = elsewhere?.tagPrefix ?? '';
  const name = `${digestAlgorithm(about)}-${digestHex(about)}`;
  const location = `${prefix}${name}${SUFFIXES[place]}`;
  const manifest = await registry.getManifest(repository, location, options);
  if (!manifest.ok) {
    return unreadPlace({ place, location, about }, manifest);
  }
  if (place === 'sbomTag') {
    const note = 'an unsigned document; it is no evidence';
    return {
      look: placeLook({ place, location, about, found: 1, note }),
      layers: [],
    };
  }
  const { layers, reason } = pickLayers(manifest.value);
  return {
    look: placeLook({ place, location, about, found: layers.length, reason }),
    layers: layers.map(layer => ({ ...layer, place, about })),
  };
}
