import {
  definedOnly,
  isRecord,
  PolicyResult,
  PolicyResultSeverity,
  shortText,
} from 'backstage-plugin-supply-chain-common';

const ID_LENGTH = 253;
const TITLE_LENGTH = 512;
const TEXT_LENGTH = 1_000;
const PATH_LENGTH = 1_024;
const MAX_MESSAGES = 20;

const SEVERITIES: Record<string, PolicyResultSeverity> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
};

/**
 * Reads one entry of a report; undefined when it does not say which check it is about and what came out (unknown is
 * never pass and never fail).
 *
 * @internal
 */
export type ParseEntry = (
  value: unknown,
  report: { source: string; reportedAt: string },
) => PolicyResult | undefined;

/**
 * Reads a check of a configuration, a role or a component of the control plane.
 *
 * @internal
 */
export const parseCheck: ParseEntry = (value, { source, reportedAt }) => {
  const policy = isRecord(value) && shortText(value.checkID, ID_LENGTH);
  if (!isRecord(value) || !policy || typeof value.success !== 'boolean') {
    return undefined;
  }
  return {
    source,
    policy,
    result: value.success ? 'pass' : 'fail',
    ...definedOnly({
      severity: severityOf(value.severity),
      category: shortText(value.category, ID_LENGTH),
      title: shortText(value.title, TITLE_LENGTH),
      message:
        messageOf(value.messages) ?? shortText(value.description, TEXT_LENGTH),
      remediation: shortText(value.remediation, TEXT_LENGTH),
    }),
    observedAt: reportedAt,
  };
};

/**
 * Reads a secret in a file of an image. The line it stands in (`match`) is not read: the scanner masks what it knows to
 * be secret, which need not be all of it.
 *
 * @internal
 */
export const parseSecret: ParseEntry = (value, { source, reportedAt }) => {
  const policy = isRecord(value) && shortText(value.ruleID, ID_LENGTH);
  if (!isRecord(value) || !policy) {
    return undefined;
  }
  return {
    source,
    policy,
    result: 'fail',
    ...definedOnly({
      rule: shortText(value.target, PATH_LENGTH),
      severity: severityOf(value.severity),
      category: shortText(value.category, ID_LENGTH),
      title: shortText(value.title, TITLE_LENGTH),
    }),
    observedAt: reportedAt,
  };
};

/**
 * The severity of a check or control; undefined for `UNKNOWN` and whatever else no severity is called.
 *
 * @internal
 */
export function severityOf(value: unknown): PolicyResultSeverity | undefined {
  return typeof value === 'string' && Object.hasOwn(SEVERITIES, value)
    ? SEVERITIES[value]
    : undefined;
}

/** What passes has one empty message. */
function messageOf(messages: unknown): string | undefined {
  const texts = (Array.isArray(messages) ? messages : [])
    .slice(0, MAX_MESSAGES)
    .filter(text => typeof text === 'string' && text !== '');
  return shortText(texts.join('; '), TEXT_LENGTH);
}
