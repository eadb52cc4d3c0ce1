import {
  escapeHostileText,
  strictestDecision,
  worstOutcome,
} from 'backstage-plugin-supply-chain-common';
import { JudgedContainer } from '../judging';
import { describeContainer } from './describeContainer';
import { objectionsOf } from './objectionsOf';
import { shorten } from './sentences';

const VALUE_MAX_LENGTH = 2_000;

/** What the audit log of the API server keeps of a judgement. Keys are fixed: nothing hostile becomes one. */
export function auditAnnotationsOf(
  judged: JudgedContainer[],
): Record<string, string> {
  const policies = judged.flatMap(each => each.policies);
  const findings = objectionsOf(judged, ['deny', 'allowWithWarning', 'allow']);
  const missing = new Set(
    policies.flatMap(({ verdict }) => verdict.contextMissing ?? []),
  );
  return withoutEmpty({
    outcome: worstOutcome(judged.map(({ outcome }) => outcome)),
    decision: strictestDecision(judged.map(({ decision }) => decision)),
    'under-enforce': strictestDecision(
      policies.map(({ outcome }) => outcome.enforced),
    ),
    policies: unique(
      policies.map(
        ({ policy: { name, digest, mode } }) => `${name} ${mode} ${digest}`,
      ),
    ).join('; '),
    findings: unique(
      findings.map(
        ({ container, policy, ruleId, reason, cause }) =>
          `${describeContainer(container)} ${
            container.imageRef
          }: ${cause} ${reason} (${policy}/${ruleId})`,
      ),
    ).join('; '),
    'not-covered': judged
      .filter(each => each.policies.length === 0)
      .map(({ container }) => container.imageRef)
      .join('; '),
    'context-missing': [...missing].sort().join(', '),
  });
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)];
}

function withoutEmpty(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, text]) => text !== '')
      .map(([key, text]) => [
        key,
        shorten(escapeHostileText(text), VALUE_MAX_LENGTH),
      ]),
  );
}
