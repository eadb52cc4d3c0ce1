import { readReferringManifests } from 'backstage-plugin-supply-chain-node/registry';
import { pickEnvelope } from './pickEnvelope';
import { LookTarget, PlaceContent, placeLook } from './place';

/** Reads what refers to a digest, and picks the envelopes of the Notary Project out of it. */
export async function readPlaces(target: LookTarget): Promise<PlaceContent[]> {
  const looks = await readReferringManifests({ ...target, pick: pickEnvelope });
  return looks.map(({ items, ...look }) => ({
    look: placeLook({ ...look, found: items.length }),
    envelopes: items.map(item => ({
      ...item,
      place: look.place,
      about: look.about,
    })),
  }));
}
