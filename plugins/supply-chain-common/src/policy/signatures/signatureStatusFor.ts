import { EvidenceOf } from '../../model/evidence';
import { ReasonCode } from '../../model/reasonCodes';
import { SignatureStatus, TrustCheck } from '../../model/signature';
import { SupplyChainPolicy, TrustExpression, TrustRoot } from '../types';
import { holdsTrustExpression } from './holdsTrustExpression';
import { checkAtInstant, checkChangesAt } from './keyPeriods';
import { JudgedCheck, verifiedOf } from './judgedCheck';
import { judgeNotVerified } from './judgeNotVerified';
import { judgeSignedTags } from './judgeSignedTags';
import { acceptedSchemes, schemeOf } from './signatureSchemes';

/**
 * Arguments of {@link signatureStatusFor}.
 *
 * @public
 */
export type SignatureQuestion = {
  policy: Pick<SupplyChainPolicy, 'trust'>;
  trustRoots: TrustRoot[];
  /** One per signing system. */
  signatures: EvidenceOf<'signature'>[];
  now: Date;
  /**
   * Whether a signature of an index covers the manifests it lists (L3).
   *
   * @defaultValue true
   */
  allowViaIndex?: boolean;
  /**
   * Whether a content trust root that was pinned on first use counts (L16).
   *
   * @defaultValue false
   */
  allowFirstUse?: boolean;
  /** As the workload names it: content trust signs tags (L16). Absent: by digest. */
  imageRef?: string;
};

/**
 * Status of a signature under one policy, and what decided it.
 *
 * @public
 */
export type SignatureJudgement = {
  status: SignatureStatus;
  /** Set unless verified. */
  reason?: ReasonCode;
  /** The signature that decided; absent for `unsigned` and `unavailable`. */
  decidedBy?: JudgedCheck;
  /** Every signature the policy accepts; set when verified. */
  verifiedBy?: JudgedCheck[];
  /** The index is signed as the policy wants, and the policy does not accept that for its manifests. */
  viaIndexRefused: boolean;
  /** RFC 3339: when the clock alone changes the status. */
  nextChangeAt?: string;
};

/** What was asked last of some signatures: several rules and facts of a policy ask the same of an image. */
const judged = new WeakMap<
  SignatureQuestion['signatures'],
  { question: SignatureQuestion; judgement: SignatureJudgement }
>();

/**
 * The one place where a signature gets its status (L10, L12, L13, L37). Signatures do not change once somebody asked
 * about them.
 *
 * @public
 */
export function signatureStatusFor(
  question: SignatureQuestion,
): SignatureJudgement {
  const known = judged.get(question.signatures);
  if (known && isSameQuestion(known.question, question)) {
    return known.judgement;
  }
  const judgement = judgementOf(question);
  judged.set(question.signatures, { question, judgement });
  return judgement;
}

function isSameQuestion(
  left: SignatureQuestion,
  right: SignatureQuestion,
): boolean {
  return (
    left.policy === right.policy &&
    left.trustRoots === right.trustRoots &&
    left.now.getTime() === right.now.getTime() &&
    left.imageRef === right.imageRef &&
    left.allowViaIndex === right.allowViaIndex &&
    left.allowFirstUse === right.allowFirstUse
  );
}

function judgementOf(question: SignatureQuestion): SignatureJudgement {
  const { policy, trustRoots } = question;
  const expression = policy.trust;
  if (!expression || expression.of.length === 0) {
    return unavailable('noTrustRootConfigured'); // L37
  }
  const roots = new Map(
    trustRoots
      .filter(root => expression.of.includes(root.name))
      .map(root => [root.name, root]),
  );
  if (expression.of.some(name => !roots.has(name))) {
    return unavailable('trustRootUnusable');
  }
  return judge({ question, expression, roots });
}

type Judging = {
  question: SignatureQuestion;
  expression: TrustExpression;
  roots: Map<string, TrustRoot>;
};

function judge(judging: Judging): SignatureJudgement {
  const { question, expression, roots } = judging;
  const schemes = acceptedSchemes(expression, roots);
  const evidence = question.signatures.filter(each =>
    schemes.has(schemeOf(each)),
  );
  const standing = evidence.filter(each => !isExpired(each, question.now));
  const all = judgeSignedTags(
    standing.flatMap(each => judgedChecks(each, judging)),
    question.imageRef,
  );
  const allowViaIndex = question.allowViaIndex ?? true;
  const accepted = all.filter(
    ({ statement }) => allowViaIndex || statement.relation === 'exact',
  );
  const nextChangeAt = nextChange(standing, accepted, judging);
  const holds = (checks: JudgedCheck[]) =>
    holdsTrustExpression({
      expression,
      verified: verifiedOf(checks).map(({ check }) => check),
      trustRoots: roots,
    });
  if (holds(accepted)) {
    const verifiedBy = verifiedOf(accepted);
    return {
      status: 'verified',
      decidedBy: verifiedBy[0],
      verifiedBy,
      viaIndexRefused: false,
      nextChangeAt,
    };
  }
  return {
    ...judgeNotVerified({
      evidence,
      standing,
      accepted,
      allowViaIndex,
      schemes,
      roots,
    }),
    viaIndexRefused: !allowViaIndex && holds(all),
    nextChangeAt,
  };
}

function isExpired(evidence: EvidenceOf<'signature'>, now: Date): boolean {
  // L6: an earlier result stands until its end and no longer.
  return (
    evidence.expiresAt !== undefined && now >= new Date(evidence.expiresAt)
  );
}

function judgedChecks(
  evidence: EvidenceOf<'signature'>,
  { question, roots }: Judging,
): JudgedCheck[] {
  return (evidence.detail?.statements ?? [])
    .filter(({ kind }) => kind === 'signature') // L13
    .flatMap(statement =>
      statement.checks.flatMap(check => {
        const root = roots.get(check.trustRoot);
        return root
          ? [
              {
                statement,
                check: refuseFirstUse(
                  checkAtInstant({ check, root, now: question.now }),
                  question,
                ),
              },
            ]
          : [];
      }),
    );
}

/** L16: what was pinned by nobody but ourselves is no trust anybody gave. */
function refuseFirstUse(
  check: TrustCheck,
  { allowFirstUse = false }: SignatureQuestion,
): TrustCheck {
  return check.firstUse && check.status === 'verified' && !allowFirstUse
    ? { ...check, status: 'untrustedSigner', reason: 'firstUseOnly' }
    : check;
}

function unavailable(reason: ReasonCode): SignatureJudgement {
  return { status: 'unavailable', reason, viaIndexRefused: false };
}

function nextChange(
  standing: EvidenceOf<'signature'>[],
  accepted: JudgedCheck[],
  { roots }: Judging,
): string | undefined {
  const instants = [
    ...standing.map(({ expiresAt }) => expiresAt),
    ...accepted.map(({ check }) =>
      checkChangesAt(check, roots.get(check.trustRoot)!),
    ),
  ].filter((each): each is string => each !== undefined);
  return instants.sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}
