import { Verdict } from '../../model/verdict';
import { PolicyMatch, SupplyChainPolicy } from '../types';
import { EntityMatch } from './matchEntity';
import { MatchFacts, matchPolicy, PolicyMatchKey } from './matchPolicy';

/**
 * Why a policy does not cover an image: what it is about, and what the image has instead.
 *
 * @public
 */
export type PolicyMismatch = {
  key: PolicyMatchKey;
  /** As the policy writes it. */
  wanted: string[];
  /** Over all places; empty when the image has nothing of the kind. */
  found: string[];
};

/**
 * Whether a policy covers an image, and if not, why.
 *
 * @public
 */
export type PolicyCoverage = {
  policy: Verdict['policy'];
  /** True when it covers the image in one place at least. */
  matches: boolean;
  /** Empty when it does. */
  keptOutBy: PolicyMismatch[];
};

/**
 * Says of every policy whether it covers an image that runs in some places for some entities, and if not, what kept it
 * out. The same match as the verdict's, so that an explanation never says another thing than what was judged.
 *
 * @public
 */
export function explainCoverage(options: {
  policies: readonly SupplyChainPolicy[];
  /** One for each pair of place and entity. */
  places: readonly MatchFacts[];
}): PolicyCoverage[] {
  const { policies, places } = options;
  return policies.map(policy => {
    const results = places.map(place => matchPolicy(policy, place));
    const matches = results.some(each => each.matches);
    const keys = new Set(results.flatMap(each => each.keptOutBy));
    return {
      policy: {
        name: policy.name,
        ...(policy.title && { title: policy.title }),
        digest: policy.digest,
      },
      matches,
      keptOutBy: matches
        ? []
        : [...keys].map(key => ({
            key,
            wanted: wantedBy(policy.match, key),
            found: [...new Set(places.flatMap(place => foundIn(place, key)))],
          })),
    };
  });
}

/**
 * What a policy covers, key by key; empty when it covers everything.
 *
 * @public
 */
export function policyMatchValues(
  match: PolicyMatch,
): { key: PolicyMatchKey; values: string[] }[] {
  const { entities, clusters, namespaces, images } = match;
  const byEntity = Object.entries(entities ?? {})
    .filter(([, values]) => values !== undefined)
    .map(([key, values]) => ({
      key: `entities.${key}` as PolicyMatchKey,
      values,
    }));
  return [
    // Without a key it is about every entity, and still about none else (L18).
    ...(entities && byEntity.length === 0
      ? [{ key: 'entities' as const, values: [] }]
      : byEntity),
    ...(clusters ? [{ key: 'clusters' as const, values: clusters }] : []),
    ...(namespaces ? [{ key: 'namespaces' as const, values: namespaces }] : []),
    ...(images ? [{ key: 'images' as const, values: images }] : []),
  ];
}

function wantedBy(match: PolicyMatch, key: PolicyMatchKey): string[] {
  return policyMatchValues(match).find(each => each.key === key)?.values ?? [];
}

function foundIn(place: MatchFacts, key: PolicyMatchKey): string[] {
  const { image, where, entity } = place;
  switch (key) {
    case 'entities':
      return [];
    case 'clusters':
      return where ? [where.cluster] : [];
    case 'namespaces':
      return where ? [where.namespace] : [];
    case 'images':
      return [image.repository, image.imageIDRepository].flatMap(
        each => each ?? [],
      );
    default: {
      const property = key.slice('entities.'.length) as keyof EntityMatch;
      return [entity?.[property]].flatMap(each => each ?? []);
    }
  }
}
