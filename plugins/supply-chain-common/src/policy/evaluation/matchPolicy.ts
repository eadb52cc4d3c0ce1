import { matchesAnyImagePattern } from '../matchesAnyImagePattern';
import { matchesTextPattern } from '../textPattern';
import { PolicyFacts, PolicyMatch, SupplyChainPolicy } from '../types';
import { EntityMatch, entityMismatches, matchEntity } from './matchEntity';

/**
 * What a policy is matched by. `entities` alone: the policy is about entities and the workload belongs to none (L18).
 *
 * @public
 */
export type PolicyMatchKey =
  | 'entities'
  | `entities.${keyof EntityMatch}`
  | 'clusters'
  | 'namespaces'
  | 'images';

/**
 * What a policy is matched on.
 *
 * @public
 */
export type MatchFacts = Pick<PolicyFacts, 'image' | 'where' | 'entity'>;

/**
 * Whether a policy covers a running image.
 *
 * @public
 */
export type PolicyMatchResult = {
  matches: boolean;
  /** Match keys that had no context and counted as matching (L29). */
  contextMissing: string[];
  /** The keys that keep the policy from covering it; empty when it does. */
  keptOutBy: PolicyMatchKey[];
};

type KeyResult = boolean | 'contextMissing';

/**
 * Matches a policy by entity, cluster, namespace and image (L18, L29). Absent keys cover everything.
 *
 * @public
 */
export function matchPolicy(
  policy: Pick<SupplyChainPolicy, 'match'>,
  facts: MatchFacts,
): PolicyMatchResult {
  const { match } = policy;
  const results: [keyof PolicyMatch, KeyResult][] = [
    ['entities', matchEntities(match.entities, facts.entity)],
    ['clusters', matchPlace(match.clusters, facts.where, 'cluster')],
    ['namespaces', matchPlace(match.namespaces, facts.where, 'namespace')],
    ['images', matchImages(match.images, facts.image)],
  ];
  const failed = results.filter(([, result]) => result === false);
  const matches = failed.length === 0;
  return {
    matches,
    contextMissing: results
      .filter(([, result]) => matches && result === 'contextMissing')
      .map(([key]) => key),
    keptOutBy: failed.flatMap(([key]) =>
      key === 'entities' ? entityKeys(match.entities, facts.entity) : [key],
    ),
  };
}

/** Which property of the entity keeps the policy out; the whole of it where there is none. */
function entityKeys(
  wanted: EntityMatch = {},
  entity: PolicyFacts['entity'],
): PolicyMatchKey[] {
  return entity
    ? entityMismatches(wanted, entity).map(key => `entities.${key}` as const)
    : ['entities'];
}

function matchEntities(
  wanted: PolicyMatch['entities'],
  entity: PolicyFacts['entity'],
): KeyResult {
  if (wanted === undefined) {
    return true;
  }
  if (entity === undefined) {
    return 'contextMissing'; // L29
  }
  // L18: a workload of no entity is not covered by a policy about entities.
  return entity !== null && matchEntity(wanted, entity);
}

function matchPlace(
  globs: string[] | undefined,
  where: PolicyFacts['where'],
  key: 'cluster' | 'namespace',
): KeyResult {
  if (globs === undefined || globs.includes('*')) {
    return true;
  }
  if (where === undefined) {
    return 'contextMissing'; // L29
  }
  // What runs nowhere is not covered by a policy about some places.
  return (
    where !== null &&
    globs.some(glob => matchesTextPattern({ glob }, where[key]))
  );
}

function matchImages(
  patterns: string[] | undefined,
  image: PolicyFacts['image'],
): KeyResult {
  const repositories = [image.repository, image.imageIDRepository].filter(
    (each): each is string => each !== undefined,
  );
  // An image whose reference cannot be read may be one of them: the rules then say that it cannot be told.
  return (
    patterns === undefined ||
    image.repository === undefined ||
    repositories.some(each => matchesAnyImagePattern(patterns, each))
  );
}
