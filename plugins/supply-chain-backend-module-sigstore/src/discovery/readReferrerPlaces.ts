import { readReferringManifests } from 'backstage-plugin-supply-chain-node/registry';
import { pickLayers } from './pickLayers';
import { LookTarget, PlaceContent, placeLook } from './place';

/** Reads what refers to a digest, and picks cosign's layers out of it. */
export async function readReferrerPlaces(
  target: LookTarget,
): Promise<PlaceContent[]> {
  const looks = await readReferringManifests({
    ...target,
    pick: (manifest, isForeign) => {
      const { layers, reason } = pickLayers(manifest, isForeign);
      return { items: layers, reason };
    },
  });
  return looks.map(({ items, ...look }) => ({
    look: placeLook({ ...look, found: items.length }),
    layers: items.map(layer => ({
      ...layer,
      place: look.place,
      about: look.about,
    })),
  }));
}
