import { ReasonCode } from '../../../model/reasonCodes';
import { matchesSourcePattern } from '../../../sourceRepositories/matchesSourcePattern';
import { normaliseSourceRepository } from '../../../sourceRepositories/normaliseSourceRepository';
import { BuildSource } from '../../provenance/sourcesOf';
import { RuleContext } from '../rule';

/** Where an image should come from: both must agree, as far as they are given (L24). */
export type Expectation = {
  /** Of the entity, or of the caller. */
  repository?: string;
  /** Of the policy. */
  patterns: readonly string[];
  hostAliases: Readonly<Record<string, string>>;
  /** Where the catalog entry lives, when that is another repository: its writer chose the source location. */
  elsewhere?: string;
  /** What the comparison could not rest on; the end of a sentence. */
  note: string;
};

/** What to compare with, or `undefined` when there is nothing. */
export function expectationOf({
  facts,
  policy,
  parameters,
}: Pick<
  RuleContext<'built-from-own-repository'>,
  'facts' | 'policy' | 'parameters'
>): Expectation | undefined {
  const { hostAliases } = parameters;
  const { entity, expectedSource } = facts;
  const normal = (uri: string | undefined) =>
    uri === undefined
      ? undefined
      : normaliseSourceRepository(uri, { hostAliases });
  const repository = normal(expectedSource ?? entity?.sourceLocation);
  const catalogLocation = normal(entity?.catalogLocation);
  const patterns = policy.sourceRepositories;
  if (repository === undefined && patterns.length === 0) {
    return undefined;
  }
  return {
    ...(repository && { repository }),
    patterns,
    hostAliases,
    ...(catalogLocation &&
      catalogLocation !== repository && { elsewhere: catalogLocation }),
    note: noteOf(repository, patterns),
  };
}

function noteOf(
  repository: string | undefined,
  patterns: readonly string[],
): string {
  if (repository === undefined) {
    return ', which the policy lists; the catalog names no repository';
  }
  return patterns.length === 0
    ? ', as the catalog says; the policy lists no source repositories to hold that against'
    : '';
}

/** Why a source is not the expected one, or `undefined` when it is. */
export function disagreementWith(
  { repository, patterns, hostAliases }: Expectation,
  source: BuildSource,
): ReasonCode | undefined {
  if (repository !== undefined && source.repository !== repository) {
    return 'builtFromOtherRepository';
  }
  const isListed =
    patterns.length === 0 ||
    (source.repository !== undefined &&
      patterns.some(each =>
        matchesSourcePattern(each, source.repository!, { hostAliases }),
      ));
  return isListed ? undefined : 'sourceNotListed';
}
