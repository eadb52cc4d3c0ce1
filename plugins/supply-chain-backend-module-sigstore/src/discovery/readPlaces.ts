import { LookTarget, PlaceContent, RepositoryAccess } from './place';
import { readReferrerPlaces } from './readReferrerPlaces';
import { readTagPlace } from './readTagPlace';

/** What a place holds, and where to fetch it. */
export type ReadablePlace = PlaceContent & { access: RepositoryAccess };

/** Reads every place cosign writes to, in one repository and about one digest. No place hides another. */
export async function readPlaces(target: LookTarget): Promise<ReadablePlace[]> {
  const [referrers, ...tags] = await Promise.all([
    readReferrerPlaces(target),
    readTagPlace(target, 'sigTag'),
    readTagPlace(target, 'attTag'),
    readTagPlace(target, 'sbomTag'),
  ]);
  return [...referrers, ...tags].map(({ look, layers }) => ({
    look: { ...look, location: fullLocation(look.location, target) },
    layers: target.elsewhere
      ? layers.map(layer => ({ ...layer, elsewhere: target.elsewhere }))
      : layers,
    access: target,
  }));
}

/** The image's own repository goes without saying. */
function fullLocation(
  location: string,
  { elsewhere, repository }: RepositoryAccess,
): string {
  if (!elsewhere) {
    return location;
  }
  return `${repository}${location.includes(':') ? '@' : ':'}${location}`;
}
