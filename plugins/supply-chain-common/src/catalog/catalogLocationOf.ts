import { normaliseSourceRepository } from '../sourceRepositories/normaliseSourceRepository';

/** The file the entity stands in, then the one it was registered by. */
const LOCATIONS = [
  'backstage.io/managed-by-location',
  'backstage.io/managed-by-origin-location',
];

const URL_TYPE = /^url:/;

/**
 * The repository a catalog entry lives in, in the one spelling every comparison uses; undefined when it comes from
 * anywhere else. Whoever may write there says where the source of the entity is (L24).
 *
 * @public
 */
export function catalogLocationOf(
  annotations: Record<string, string>,
): string | undefined {
  return LOCATIONS.map(name => annotations[name] ?? '')
    .filter(location => URL_TYPE.test(location))
    .map(location => normaliseSourceRepository(location.replace(URL_TYPE, '')))
    .find(url => url !== undefined);
}
