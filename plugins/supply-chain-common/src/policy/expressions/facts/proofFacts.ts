import { parseImageReference } from '../../../model/imageReference';
import { provenanceFor } from '../../provenance/provenanceFor';
import { provenanceParameters } from '../../provenance/provenanceParameters';
import { subjectProblem } from '../../rules/subjectProblem';
import { acceptedSignatures } from '../../signatures/acceptedSignatures';
import {
  SignatureJudgement,
  signatureStatusFor,
} from '../../signatures/signatureStatusFor';
import { signerText } from '../../signatures/signerText';
import { whyOf } from './contextFacts';
import { DeriveFacts, FactContext, RootFacts } from './RootFacts';

/** `signature`: the judgement that `image-signed` gives (L10). */
export const signatureFactsOf: DeriveFacts<'signature'> = context => {
  const { facts, policy, trustRoots, now } = context;
  const problem = subjectProblem(facts);
  if (problem) {
    return {
      value: {
        status: 'unavailable',
        reason: problem.reason,
        signers: [],
        issuers: [],
        schemes: [],
        trustRoots: [],
      },
      unavailable: whyOf(problem),
    };
  }
  const judgement = signatureStatusFor({
    policy,
    trustRoots,
    now,
    signatures: facts.signatures,
    imageRef: facts.image.imageRef,
    ...acceptedSignatures(policy),
  });
  const { status, reason, nextChangeAt } = judgement;
  return {
    value: signatureValue(judgement),
    ...(status === 'unavailable' && {
      unavailable: {
        reason: reason!,
        message: `It cannot be told whether "${facts.image.imageRef}" is signed: ${reason}.`,
      },
    }),
    ...(nextChangeAt && { nextChangeAt }),
  };
};

function signatureValue(
  judgement: SignatureJudgement,
): RootFacts<'signature'>['value'] {
  const { status, reason, decidedBy, verifiedBy = [] } = judgement;
  const { statement, check } = decidedBy ?? {};
  const signers = verifiedBy.flatMap(each => each.check.signer ?? []);
  return {
    status,
    ...(reason && { reason }),
    signers: distinct(signers.map(signerText)),
    issuers: distinct(
      signers.flatMap(each =>
        each.type === 'identity' ? each.issuer ?? [] : [],
      ),
    ),
    schemes: distinct(verifiedBy.map(each => each.statement.scheme)),
    trustRoots: distinct(verifiedBy.map(each => each.check.trustRoot)),
    ...(check?.signedAt && { signedAt: check.signedAt }),
    ...(statement && {
      foundIn: statement.foundIn,
      relation: statement.relation,
    }),
  };
}

function distinct<T extends string>(all: T[]): T[] {
  return [...new Set(all)].sort();
}

/** `provenance`: the judgement that `provenance-verified` gives. */
export const provenanceFactsOf: DeriveFacts<'provenance'> = context => {
  const { facts, policy, trustRoots, now } = context;
  const problem = subjectProblem(facts);
  if (problem) {
    return {
      value: {
        status: 'unavailable',
        reason: problem.reason,
        reasons: [],
        level: 0,
      },
      unavailable: whyOf(problem),
    };
  }
  const parameters = provenanceParameters(policy);
  const judgement = provenanceFor({
    policy,
    trustRoots,
    facts,
    parameters,
    now,
  });
  const { status, reasons, nextChangeAt } = judgement;
  return {
    value: provenanceValue(judgement),
    ...(status === 'unavailable' && {
      unavailable: {
        reason: reasons[0],
        message: `It cannot be told how "${facts.image.imageRef}" was made: ${reasons[0]}.`,
      },
    }),
    ...(nextChangeAt && { nextChangeAt }),
  };
};

function provenanceValue(
  judgement: ReturnType<typeof provenanceFor>,
): RootFacts<'provenance'>['value'] {
  const { status, level, reasons, objection, build, decidedBy } = judgement;
  const { statement, check } = decidedBy ?? {};
  const reason = status === 'verified' ? objection : reasons[0];
  const { ref, commit, builder, buildType } = build;
  const { workflow, trigger, runnerEnvironment, run } = build;
  return withoutUndefined({
    status,
    reason,
    reasons,
    level,
    source: build.repository ?? build.sourceUri,
    ref,
    commit,
    builder,
    buildType,
    workflow,
    trigger,
    runnerEnvironment,
    run,
    signer: check?.signer && signerText(check.signer),
    signedAt: check?.signedAt,
    trustRoot: check?.trustRoot,
    foundIn: statement?.foundIn,
    relation: statement?.relation,
    predicateType: statement?.predicateType,
  });
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as T;
}

/** `origin`. */
export const originFactsOf: DeriveFacts<'origin'> = context => {
  const { facts, now } = context;
  const evidence = facts.origin;
  const problem = subjectProblem(facts);
  // L6: an earlier result stands until its end and no longer.
  const isExpired =
    evidence?.expiresAt !== undefined && now >= new Date(evidence.expiresAt);
  const reason =
    problem?.reason ??
    (isExpired ? 'evidenceExpired' : evidence?.reason ?? 'notCollectedYet');
  const detail = evidence?.status === 'present' ? evidence.detail : undefined;
  if (problem || isExpired || !detail) {
    const status =
      problem || isExpired || !evidence || evidence.status === 'present'
        ? 'unavailable'
        : evidence.status;
    return {
      value: { status, reason, platforms: [] },
      ...(status === 'unavailable' && {
        unavailable: {
          reason,
          message: `It cannot be told what the registry says of "${facts.image.imageRef}": ${reason}.`,
        },
      }),
    };
  }
  const { kind, mediaType, sizeBytes, children } = detail;
  return {
    value: {
      status: 'present',
      kind,
      mediaType,
      sizeBytes,
      platforms: distinct(children.map(({ platform }) => platform)),
      ...tagMoved(context),
    },
    ...(evidence?.expiresAt && { nextChangeAt: evidence.expiresAt }),
  };
};

function tagMoved({ facts }: FactContext): { tagMoved?: boolean } {
  const parsed = parseImageReference(facts.image.imageRef);
  const tag = parsed.ok ? parsed.reference.tag : undefined;
  const { digest } = facts.image;
  const detail = facts.origin?.detail;
  const now = detail?.tags.find(each => each.tag === tag)?.digest;
  // The tag of an index still names the manifests it lists.
  return now === undefined
    ? {}
    : { tagMoved: now !== digest && !detail!.parents.includes(now) };
}
