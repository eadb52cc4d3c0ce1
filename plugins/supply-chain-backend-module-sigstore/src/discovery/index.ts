export type {
  FoundLayer,
  LookTarget,
  PlaceContent,
  RepositoryAccess,
} from './place';
export { placeLook } from './place';
export { readIndexClaims } from './readIndexClaims';
export type { IndexClaims } from './readIndexClaims';
export { readPlaces } from './readPlaces';
export type { ReadablePlace } from './readPlaces';
