import { FindingFacts } from '../../../model/finding';
import { imageOwnership } from '../../imageOwnership';
import { provenanceFor } from '../../provenance/provenanceFor';
import { provenanceParameters } from '../../provenance/provenanceParameters';
import { BuildSource, sourcesOf } from '../../provenance/sourcesOf';
import { lookRemediation } from '../lookRemediation';
import { provenanceRemediation } from '../provenance-verified/remediation';
import { RuleContext, RuleResult } from '../rule';
import { subjectProblem } from '../subjectProblem';
import { disagreementWith, expectationOf, Expectation } from './expectation';
import { changedRepositoryId } from './changedRepositoryId';

type Context = RuleContext<'built-from-own-repository'>;

/**
 * `built-from-own-repository`: what provenance, or the certificate of the signature, names as source is the
 * repository of the entity, and the policy lists it (L24).
 */
export function evaluateBuiltFromOwnRepository(context: Context): RuleResult {
  const { facts, policy, parameters } = context;
  const { imageRef } = facts.image;
  const problem = subjectProblem(facts);
  if (problem) {
    return problem;
  }
  if (imageOwnership(policy, facts.image) !== 'own') {
    return {
      outcome: 'notApplicable',
      reason: 'thirdPartyImage',
      message: `"${imageRef}" is not one of the images the policy calls own.`,
      facts: { imageRef },
    };
  }
  const expected = expectationOf(context);
  if (!expected) {
    return withoutExpectation(context);
  }
  const judgement = provenanceFor({
    ...context,
    parameters: provenanceParameters(policy),
  });
  const sources = sourcesOf({
    ...context,
    ...parameters,
    signatures: facts.signatures,
    judgement,
    parameters: provenanceParameters(policy),
  });
  const { nextChangeAt } = judgement;
  return {
    ...compare({ context, expected, sources, judgement }),
    ...(nextChangeAt && { nextChangeAt }),
  };
}

type Comparison = {
  context: Context;
  expected: Expectation;
  sources: BuildSource[];
  judgement: ReturnType<typeof provenanceFor>;
};

function compare(comparison: Comparison): RuleResult {
  const { context, expected, sources, judgement } = comparison;
  const { imageRef } = context.facts.image;
  if (judgement.status === 'mismatch') {
    return {
      outcome: 'fail',
      reason: judgement.reasons[0],
      message: `It cannot be trusted where "${imageRef}" was built from: ${judgement.contradiction}.`,
      facts: factsOf(expected),
      remediation: provenanceRemediation('replaceProvenance', context),
    };
  }
  // L24: one of them from the right place suffices; a bad one beside it neither helps nor hurts.
  const good = sources.find(each => !disagreementWith(expected, each));
  if (good) {
    return agreeing({ ...comparison, source: good });
  }
  return sources.length > 0
    ? disagreeing({ ...comparison, source: sources[0] })
    : unstated(comparison);
}

function agreeing(options: Comparison & { source: BuildSource }): RuleResult {
  const { context, expected, source } = options;
  const { imageRef } = context.facts.image;
  const facts = factsOf(expected, source);
  const from = source.repository ?? source.uri;
  if (source.from === 'claim') {
    return {
      outcome: 'unknown',
      reason: 'sourceOnlyClaimed',
      message: `"${imageRef}" is said to be built from "${from}", and nothing proves it.`,
      facts,
      remediation: provenanceRemediation('attestProvenance', context),
    };
  }
  const earlierId = changedRepositoryId(source, context.facts.provenance);
  if (earlierId !== undefined) {
    return {
      outcome: 'fail',
      reason: 'repositoryIdChanged',
      message: `"${imageRef}" was built from "${from}", which is another repository (${source.repositoryId}) than before (${earlierId}).`,
      facts: { ...facts, earlierRepositoryId: earlierId },
      remediation: provenanceRemediation('reviewBuildChange', context),
    };
  }
  return {
    outcome: 'pass',
    message: `"${imageRef}" was built from "${from}"${expected.note}.`,
    facts,
  };
}

function disagreeing(
  options: Comparison & { source: BuildSource },
): RuleResult {
  const { context, expected, source } = options;
  const { imageRef } = context.facts.image;
  const from = source.repository ?? source.uri;
  const claimed = source.from === 'claim' ? ', by its own claim' : '';
  return {
    outcome: 'fail',
    reason: disagreementWith(expected, source)!,
    message: `"${imageRef}" was built from "${from}"${claimed}, expected "${
      expected.repository ?? expected.patterns.join('" or "')
    }".`,
    facts: factsOf(expected, source),
    remediation: {
      ...provenanceRemediation('buildFromOwnRepository', context),
      parameters: {
        found: from,
        expected: expected.repository ?? expected.patterns.join(', '),
      },
    },
  };
}

/** Nothing names a source: whether it is the right one cannot be told. */
function unstated({ context, expected, judgement }: Comparison): RuleResult {
  const { imageRef } = context.facts.image;
  const { status } = judgement;
  const isLacking = status === 'absent' || status === 'verified';
  const reason = isLacking ? 'sourceNotStated' : judgement.reasons[0];
  return {
    outcome: 'unknown',
    reason,
    message: `It cannot be told where "${imageRef}" was built from: ${reason}.`,
    facts: factsOf(expected),
    remediation:
      status === 'unavailable'
        ? lookRemediation(reason, context)
        : provenanceRemediation('attestProvenance', context),
  };
}

function withoutExpectation({ facts }: Context): RuleResult {
  const { imageRef } = facts.image;
  return {
    outcome: 'unknown',
    reason: 'noExpectedSource',
    message: `Nothing says which repository "${imageRef}" should be built from.`,
    facts: { imageRef },
    remediation: {
      who: facts.entity ? 'serviceOwner' : 'platformTeam',
      action: 'nameSourceRepository',
      parameters: { imageRef },
    },
  };
}

function factsOf(expected: Expectation, source?: BuildSource): FindingFacts {
  const { repository, patterns, elsewhere } = expected;
  return {
    ...(repository && { expected: repository }),
    ...(patterns.length > 0 && { sourceRepositories: patterns.join(', ') }),
    ...(elsewhere && { catalogLocation: elsewhere }),
    ...(source && {
      source: source.repository ?? source.uri,
      saidBy: source.from,
      ...(source.repositoryId && { repositoryId: source.repositoryId }),
    }),
  };
}
