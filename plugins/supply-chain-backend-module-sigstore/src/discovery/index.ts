export type { FoundLayer, LookTarget, PlaceContent } from './place';
export { placeLook } from './place';
export { readReferrerPlaces } from './readReferrerPlaces';
export { readTagPlace } from './readTagPlace';
