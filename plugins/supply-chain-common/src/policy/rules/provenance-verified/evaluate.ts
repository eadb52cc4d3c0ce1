import { FindingFacts } from '../../../model/finding';
import {
  ProvenanceJudgement,
  provenanceFor,
} from '../../provenance/provenanceFor';
import { changeOfBuild } from '../../provenance/changeOfBuild';
import { signerText } from '../../signatures/signerText';
import { lookRemediation } from '../lookRemediation';
import { RuleContext, RuleResult } from '../rule';
import { subjectProblem } from '../subjectProblem';
import { provenanceRemediation } from './remediation';

/** `provenance-verified`: a trusted build platform says how the image was made, at the level the rule asks for. */
export function evaluateProvenanceVerified(
  context: RuleContext<'provenance-verified'>,
): RuleResult {
  const { facts } = context;
  const problem = subjectProblem(facts);
  if (problem) {
    return problem;
  }
  const judgement = provenanceFor(context);
  const { nextChangeAt } = judgement;
  return {
    ...resultOf(judgement, context),
    facts: factsOf(judgement),
    ...(nextChangeAt && { nextChangeAt }),
  };
}

type Result = Omit<RuleResult, 'facts'>;

function resultOf(
  judgement: ProvenanceJudgement,
  context: RuleContext<'provenance-verified'>,
): Result {
  const { imageRef } = context.facts.image;
  const { minimumLevel } = context.parameters;
  const { status, level } = judgement;
  const [reason] = judgement.reasons;
  switch (status) {
    case 'verified':
      return verifiedResult(judgement, context);
    case 'unavailable':
      return {
        outcome: 'unknown',
        reason,
        message: `It cannot be told how "${imageRef}" was made: ${reason}.`,
        remediation: lookRemediation(reason, context),
      };
    case 'claimed':
    case 'absent':
      if (level >= minimumLevel && !judgement.objection) {
        // A rule that asks for level 1 or less asks for no proof.
        return {
          outcome: 'pass',
          message: `"${imageRef}" comes with a claim of how it was made, as much as the rule asks for.`,
        };
      }
      return failed(judgement, context, judgement.objection ?? reason);
    default:
      return failed(judgement, context, reason);
  }
}

function verifiedResult(
  judgement: ProvenanceJudgement,
  context: RuleContext<'provenance-verified'>,
): Result {
  const { imageRef } = context.facts.image;
  const { level, objection, build } = judgement;
  const { minimumLevel } = context.parameters;
  if (objection) {
    return failed(judgement, context, objection);
  }
  if (level < minimumLevel) {
    const why = judgement.reasons.join(', ');
    return {
      ...failed(judgement, context, 'levelTooLow'),
      message: `"${imageRef}" has SLSA Build level ${level}, expected at least ${minimumLevel}${
        why && ` (${why})`
      }.`,
    };
  }
  const change = changeOfBuild(build, context.facts.provenance);
  if (change) {
    return {
      outcome: 'warn',
      reason: change.reason,
      message: `"${imageRef}" was made by ${change.what} "${change.now}", the image before it by "${change.before}".`,
      remediation: provenanceRemediation('reviewBuildChange', context),
    };
  }
  return {
    outcome: 'pass',
    message: `"${imageRef}" has SLSA Build level ${level}, from ${
      build.builder ?? 'a builder that is not named'
    }.`,
  };
}

function failed(
  judgement: ProvenanceJudgement,
  context: RuleContext<'provenance-verified'>,
  reason: ProvenanceJudgement['reasons'][number],
): Result {
  const { imageRef } = context.facts.image;
  const { status, contradiction } = judgement;
  return {
    outcome: 'fail',
    reason,
    message:
      status === 'absent'
        ? `"${imageRef}" has no provenance.`
        : `The provenance of "${imageRef}" is not accepted: ${
            contradiction ?? [reason, ...judgement.reasons.slice(1)].join(', ')
          }.`,
    remediation: provenanceRemediation(actionFor(judgement, reason), context),
  };
}

function actionFor(
  { status }: ProvenanceJudgement,
  reason: ProvenanceJudgement['reasons'][number],
) {
  if (reason === 'triggerNotAllowed' || reason === 'pullRequestRef') {
    return 'buildFromBranch';
  }
  switch (status) {
    case 'absent':
      return 'attestProvenance';
    case 'mismatch':
    case 'invalid':
      return 'replaceProvenance';
    default:
      return 'raiseBuildLevel';
  }
}

function factsOf(judgement: ProvenanceJudgement): FindingFacts {
  const { status, level, reasons, build, decidedBy, contradiction } = judgement;
  const { statement, check } = decidedBy ?? {};
  const source = build.repository ?? build.sourceUri;
  return {
    status,
    level,
    ...(reasons.length > 0 && { reasons: reasons.join(', ') }),
    ...(contradiction && { contradiction }),
    ...(build.builder && { builder: build.builder }),
    ...(source && { source }),
    ...(build.workflow && { workflow: build.workflow }),
    ...(build.trigger && { trigger: build.trigger }),
    ...(statement && {
      predicateType: statement.predicateType,
      foundIn: statement.foundIn,
      relation: statement.relation,
    }),
    ...(check && { trustRoot: check.trustRoot }),
    ...(check?.signer && { signer: signerText(check.signer) }),
  };
}
