import { EntityMatch, matchEntity } from '../policy/evaluation/matchEntity';
import { compileTextPattern, TextMatcher } from '../policy/textPattern';
import { EntityFacts } from '../policy/types';

/**
 * Some namespaces and the entities that may claim them.
 *
 * @public
 */
export type NamespaceClaimRule = {
  /** Globs over the names of namespaces. */
  namespaces: string[];
  /** Globs over the names of clusters. Absent: all clusters. */
  clusters?: string[];
  entities: EntityMatch;
};

/**
 * Which namespaces the annotations of an entity may claim (L31).
 *
 * @public
 */
export type NamespaceClaims = {
  rules: NamespaceClaimRule[];
  /** What holds for a namespace that no rule names. */
  unnamed: 'allow' | 'deny';
};

/**
 * Whether an entity may claim a namespace of a cluster.
 *
 * @public
 */
export type MayClaimNamespace = (options: {
  entity: EntityFacts;
  cluster: string;
  namespace: string;
}) => boolean;

/**
 * Compiles an operator's limits on claims (L31). A namespace that rules name may be claimed by the entities of any of
 * these rules and by no others.
 *
 * @public
 */
export function compileNamespaceClaims(
  claims: NamespaceClaims,
): MayClaimNamespace {
  const rules = claims.rules.map(rule => ({
    namesNamespace: anyGlob(rule.namespaces),
    namesCluster: anyGlob(rule.clusters ?? ['**']),
    entities: rule.entities,
  }));
  return ({ entity, cluster, namespace }) => {
    const naming = rules.filter(
      rule => rule.namesNamespace(namespace) && rule.namesCluster(cluster),
    );
    return naming.length === 0
      ? claims.unnamed === 'allow'
      : naming.some(rule => matchEntity(rule.entities, entity));
  };
}

function anyGlob(globs: string[]): TextMatcher {
  const matchers = globs.map(glob => {
    const compiled = compileTextPattern({ glob });
    if (!compiled.ok) {
      // A glob that matched nothing would leave its namespaces free.
      throw new TypeError(`expected a glob, got "${glob}"`);
    }
    return compiled.matches;
  });
  return text => matchers.some(matches => matches(text));
}
