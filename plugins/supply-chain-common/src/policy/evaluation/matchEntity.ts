import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityFacts, PolicyMatch } from '../types';

/**
 * Which entities are meant. Absent keys mean every entity; several keys must all match.
 *
 * @public
 */
export type EntityMatch = NonNullable<PolicyMatch['entities']>;

const NORMALISE: Record<keyof EntityMatch, (text: string) => string> = {
  kind: lowerCase,
  type: lowerCase,
  namespace: lowerCase,
  lifecycle: lowerCase,
  system: text => normalRef(text, 'system'),
  owner: text => normalRef(text, 'group'),
  ref: text => normalRef(text, 'component'),
};

/** What an entity is matched by, in the order of the documents. */
const ENTITY_KEYS = Object.keys(NORMALISE) as (keyof EntityMatch)[];

/**
 * Whether an entity is meant. References may be written short: `team-edge` is the owner `group:default/team-edge`.
 *
 * @public
 */
export function matchEntity(wanted: EntityMatch, entity: EntityFacts): boolean {
  return ENTITY_KEYS.every(key => isMeantBy(key, wanted, entity));
}

/** The keys by which an entity is not meant. */
export function entityMismatches(
  wanted: EntityMatch,
  entity: EntityFacts,
): (keyof EntityMatch)[] {
  return ENTITY_KEYS.filter(key => !isMeantBy(key, wanted, entity));
}

function isMeantBy(
  key: keyof EntityMatch,
  wanted: EntityMatch,
  entity: EntityFacts,
): boolean {
  const values = wanted[key];
  const actual = entity[key];
  const normalise = NORMALISE[key];
  return (
    values === undefined ||
    (actual !== undefined &&
      values.some(each => normalise(each) === normalise(actual)))
  );
}

function lowerCase(text: string): string {
  return text.toLocaleLowerCase('en-US');
}

/** The catalog's own spelling, so that `team-edge` and `group:default/team-edge` are one owner. */
function normalRef(text: string, defaultKind: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    // What is no reference equals only itself; documents and settings are checked when they load.
    return lowerCase(text);
  }
}
