import { matchesAnyImagePattern } from '../matchesAnyImagePattern';
import { matchesTextPattern } from '../textPattern';
import { PolicyFacts, PolicyMatch, SupplyChainPolicy } from '../types';
import { matchEntity } from './matchEntity';

/**
 * Whether a policy covers a running image.
 *
 * @public
 */
export type PolicyMatchResult = {
  matches: boolean;
  /** Match keys that had no context and counted as matching (L29). */
  contextMissing: string[];
};

type KeyResult = boolean | 'contextMissing';

/**
 * Matches a policy by entity, cluster, namespace and image (L18, L29). Absent keys cover everything.
 *
 * @public
 */
export function matchPolicy(
  policy: Pick<SupplyChainPolicy, 'match'>,
  facts: PolicyFacts,
): PolicyMatchResult {
  const { match } = policy;
  const results: [string, KeyResult][] = [
    ['entities', matchEntities(match.entities, facts.entity)],
    ['clusters', matchPlace(match.clusters, facts.where, 'cluster')],
    ['namespaces', matchPlace(match.namespaces, facts.where, 'namespace')],
    ['images', matchImages(match.images, facts.image)],
  ];
  const matches = results.every(([, result]) => result !== false);
  return {
    matches,
    contextMissing: results
      .filter(([, result]) => matches && result === 'contextMissing')
      .map(([key]) => key),
  };
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
