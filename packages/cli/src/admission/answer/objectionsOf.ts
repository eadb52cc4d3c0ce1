import {
  AdmissionCause,
  AdmissionDecision,
  Finding,
  reasonDefinition,
} from 'backstage-plugin-supply-chain-common';
import { JudgedContainer, JudgedPolicy } from '../judging';

/** Something that speaks against an image, in words. Texts may be hostile (L32). */
export type Objection = {
  container: JudgedContainer['container'];
  policy: string;
  ruleId: string;
  /** Reason code. */
  reason: string;
  cause: AdmissionCause;
  /** What is the matter: a whole sentence. */
  message: string;
  /** What to do: whole sentences. */
  advice: string;
};

const OUTCOMES: Record<
  Exclude<AdmissionCause, 'unpinnedReference'>,
  Finding['outcome']
> = { fail: 'fail', unknown: 'unknown', warn: 'warn' };

/** What the policies with a decision object to, worst first within each image. */
export function objectionsOf(
  judged: JudgedContainer[],
  decisions: readonly AdmissionDecision[],
): Objection[] {
  return judged.flatMap(({ container, policies }) =>
    policies
      .filter(({ outcome }) => decisions.includes(outcome.decision))
      .flatMap(each => objectionsOfPolicy(container, each))
      .filter(isFirst),
  );
}

function objectionsOfPolicy(
  container: JudgedContainer['container'],
  { policy, verdict, outcome }: JudgedPolicy,
): Objection[] {
  return outcome.causes.filter(decides(outcome, policy)).flatMap(cause =>
    cause === 'unpinnedReference'
      ? [unpinned(container, policy.name)]
      : verdict.findings
          .filter(finding => finding.outcome === OUTCOMES[cause])
          // The cause of its own says the same, and names no rule that could be left out.
          .filter(
            ({ reason }) =>
              reason !== 'unpinnedReference' ||
              !outcome.causes.includes('unpinnedReference'),
          )
          .map(finding => objectionOf(container, { finding, cause })),
  );
}

/** Where the workload is refused, what alone would have let it pass is not worth a line. */
function decides(
  { decision }: JudgedPolicy['outcome'],
  { onUnknown }: JudgedPolicy['policy'],
): (cause: AdmissionCause) => boolean {
  return cause =>
    decision !== 'deny' ||
    cause === 'fail' ||
    cause === 'unpinnedReference' ||
    (cause === 'unknown' && onUnknown === 'deny');
}

function objectionOf(
  container: JudgedContainer['container'],
  { finding, cause }: { finding: Finding; cause: AdmissionCause },
): Objection {
  const { policy, ruleId, message } = finding;
  const reason = finding.reason ?? 'ruleError';
  return {
    container,
    policy,
    ruleId,
    reason,
    cause,
    message,
    advice: adviceOf(finding, reasonDefinition(reason).advice),
  };
}

/** The digest to write, where it is known, says more than that one is wanted. */
function adviceOf({ remediation }: Finding, advice: string): string {
  const pinned = remediation?.parameters.pinned;
  return pinned ? `${advice} Write "${pinned}".` : advice;
}

function unpinned(
  container: JudgedContainer['container'],
  policy: string,
): Objection {
  return {
    container,
    policy,
    ruleId: 'digest-pinned',
    reason: 'unpinnedReference',
    cause: 'unpinnedReference',
    message: `"${container.imageRef}" names no digest, so what was checked need not be what is pulled.`,
    advice: reasonDefinition('unpinnedReference').advice,
  };
}

/** A workload of several entities is judged as each of them; what all say is said once. */
function isFirst(each: Objection, index: number, all: Objection[]): boolean {
  const key = keyOf(each);
  return all.findIndex(other => keyOf(other) === key) === index;
}

function keyOf({ policy, ruleId, reason, message }: Objection): string {
  return JSON.stringify([policy, ruleId, reason, message]);
}
