import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityFacts, PolicyMatch } from '../types';

/**
 * Which entities are meant. Absent keys mean every entity; several keys must all match.
 *
 * @public
 */
export type EntityMatch = NonNullable<PolicyMatch['entities']>;

/**
 * Whether an entity is meant. References may be written short: `team-edge` is the owner `group:default/team-edge`.
 *
 * @public
 */
export function matchEntity(wanted: EntityMatch, entity: EntityFacts): boolean {
  const { kind, type, namespace, lifecycle, system, owner, ref } = wanted;
  return (
    includes(kind, entity.kind, lowerCase) &&
    includes(type, entity.type, lowerCase) &&
    includes(namespace, entity.namespace, lowerCase) &&
    includes(lifecycle, entity.lifecycle, lowerCase) &&
    includes(system, entity.system, text => normalRef(text, 'system')) &&
    includes(owner, entity.owner, text => normalRef(text, 'group')) &&
    includes(ref, entity.ref, text => normalRef(text, 'component'))
  );
}

function includes(
  wanted: string[] | undefined,
  actual: string | undefined,
  normalise: (text: string) => string,
): boolean {
  return (
    wanted === undefined ||
    (actual !== undefined &&
      wanted.some(each => normalise(each) === normalise(actual)))
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
