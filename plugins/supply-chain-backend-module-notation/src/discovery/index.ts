export { placeLook } from './place';
export type { FoundEnvelope, LookTarget, PlaceContent } from './place';
export { readPlaces } from './readPlaces';
