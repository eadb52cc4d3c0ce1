import { Evidence } from '../../../model/evidence';
import { FindingFacts } from '../../../model/finding';
import { Outcome, worstOutcome } from '../../../model/outcome';
import { ReasonCode } from '../../../model/reasonCodes';
import { earliestInstant } from '../../earliestInstant';
import { acceptedSchemes, schemeOf } from '../../signatures/signatureSchemes';
import { lookRemediation } from '../lookRemediation';
import { RuleContext, RuleResult } from '../rule';
import { subjectProblem } from '../subjectProblem';

const HOUR_MS = 60 * 60 * 1000;

type Context = RuleContext<'evidence-fresh'>;
type Kind = keyof Context['parameters']['maxAgeHours'];

/** What is to be said of one piece of evidence, or of one that is missing. */
type Look = {
  kind: Kind;
  outcome: Outcome;
  reason?: ReasonCode;
  observedAt?: string;
  /** RFC 3339: when it is too old, if it is not yet. */
  staleAt?: string;
};

const KINDS: readonly Kind[] = ['signature', 'provenance', 'origin'];

/** `evidence-fresh`: the registry was asked within the time allowed (L6, L8). */
export function evaluateEvidenceFresh(context: Context): RuleResult {
  const problem = subjectProblem(context.facts);
  if (problem) {
    return problem;
  }
  const looks = KINDS.flatMap(kind => looksOf(kind, context));
  const outcome = worstOutcome(looks.map(each => each.outcome));
  const decisive = looks.filter(each => each.outcome === outcome);
  const [{ reason }] = decisive;
  const nextChangeAt = earliestInstant(looks.map(each => each.staleAt));
  const remediation = reason && lookRemediation(reason, context);
  return {
    outcome,
    ...(reason && { reason }),
    message: messageOf(decisive, context),
    facts: factsOf(looks),
    ...(remediation && { remediation }),
    ...(nextChangeAt && { nextChangeAt }),
  };
}

/** One for each piece of evidence of a kind that the rule asks about. */
function looksOf(kind: Kind, context: Context): Look[] {
  const maxAgeHours = context.parameters.maxAgeHours[kind];
  if (maxAgeHours === undefined) {
    return [];
  }
  return evidenceOf(kind, context).map(evidence =>
    evidence
      ? judge({ kind, evidence, maxAgeHours, now: context.now })
      : { kind, outcome: 'unknown', reason: 'notCollectedYet' },
  );
}

function evidenceOf(
  kind: Kind,
  { facts, policy, trustRoots }: Context,
): (Evidence | undefined)[] {
  if (kind !== 'signature') {
    return [facts[kind]];
  }
  if (!policy.trust) {
    return facts.signatures.length > 0 ? facts.signatures : [undefined];
  }
  // What other signing systems hold changes nothing (L10).
  const roots = new Map(trustRoots.map(root => [root.name, root]));
  const known = policy.trust.of.filter(name => roots.has(name));
  if (known.length === 0) {
    return [undefined];
  }
  return [...acceptedSchemes({ ...policy.trust, of: known }, roots)].map(
    scheme => facts.signatures.find(each => schemeOf(each) === scheme),
  );
}

function judge(options: {
  kind: Kind;
  evidence: Evidence;
  maxAgeHours: number;
  now: Date;
}): Look {
  const { kind, evidence, maxAgeHours, now } = options;
  const { status, observedAt, lastLook } = evidence;
  if (status === 'unavailable') {
    return {
      kind,
      outcome: 'unknown',
      reason: evidence.reason ?? 'notCollectedYet',
    };
  }
  const stale = Date.parse(observedAt) + maxAgeHours * HOUR_MS;
  if (now.getTime() < stale) {
    return {
      kind,
      observedAt,
      staleAt: new Date(stale).toISOString(),
      // L6: the earlier result stands, and it is said that the last look failed.
      ...(lastLook
        ? { outcome: 'warn', reason: lastLook.reason }
        : { outcome: 'pass' }),
    };
  }
  // While it cannot be asked, nobody can tell whether it would say the same; that nobody asks is a fail.
  return {
    kind,
    observedAt,
    ...(lastLook
      ? { outcome: 'unknown', reason: lastLook.reason }
      : { outcome: 'fail', reason: 'evidenceStale' }),
  };
}

const LOOKS: Record<Kind, string> = {
  signature: 'The last look for signatures of',
  provenance: 'The last look for provenance of',
  origin: 'The last look at the manifest of',
};

function messageOf(decisive: Look[], { facts, parameters }: Context): string {
  const { imageRef } = facts.image;
  const [{ kind, outcome, reason, observedAt }] = decisive;
  const look = `${LOOKS[kind]} "${imageRef}"`;
  const limit = `more than ${parameters.maxAgeHours[kind]} hours ago`;
  switch (outcome) {
    case 'pass':
      return `What the rule asks about "${imageRef}" was looked for within the time allowed.`;
    case 'warn':
      return `${look} failed: ${reason}. What was found at ${observedAt} stands.`;
    case 'fail':
      return `${look} was at ${observedAt}, ${limit}.`;
    default:
      return observedAt
        ? `${look} failed: ${reason}. The one before was at ${observedAt}, ${limit}.`
        : `${look} gave no answer: ${reason}.`;
  }
}

/** The oldest of each kind. */
function factsOf(looks: Look[]): FindingFacts {
  return Object.fromEntries(
    KINDS.flatMap(kind => {
      const observedAt = earliestInstant(
        looks.filter(each => each.kind === kind).map(each => each.observedAt),
      );
      return observedAt ? [[`${kind}ObservedAt`, observedAt]] : [];
    }),
  );
}
