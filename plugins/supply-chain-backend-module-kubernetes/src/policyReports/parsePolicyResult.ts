import {
  isRecord,
  POLICY_RESULTS_WORST_FIRST,
  POLICY_SEVERITIES_WORST_FIRST,
  PolicyResult,
  shortText,
  textMap,
} from 'backstage-plugin-supply-chain-common';

const NAME_LENGTH = 253;
const MESSAGE_LENGTH = 1_000;
const MAX_PROPERTIES = 20;
const PROPERTY_LENGTH = 300;

/** Of a timestamp: 9999-12-31T23:59:59Z. */
const LAST_SECOND = 253_402_300_799;

// Kyverno makes rules for pod controllers out of rules for pods; they are the same rule to people.
// https://kyverno.io/docs/policy-types/cluster-policy/autogen/
const KYVERNO = /^kyverno/i;
const GENERATED_RULE = /^autogen-(?:cronjob-)?(?=.)/;

// Of the adapter that repeats the reports of Trivy Operator as policy reports.
const TRIVY = /^trivy/i;

/**
 * Who reports: the result, its report, or the label of the writer, in this order.
 *
 * @internal
 */
export function sourceOf(
  result: unknown,
  report: { source?: unknown; labels: unknown },
): string | undefined {
  const labels = textMap(report.labels);
  const names = [
    isRecord(result) ? result.source : undefined,
    report.source,
    labels['app.kubernetes.io/managed-by'],
    labels['policy.kubernetes.io/engine'],
  ];
  return names.map(name => shortText(name, NAME_LENGTH)).find(Boolean);
}

/**
 * Whether a source repeats what is counted as a scan already.
 *
 * @internal
 */
export function repeatsScans(source: string | undefined): boolean {
  return source !== undefined && TRIVY.test(source);
}

/**
 * Reads one result; undefined when it does not say which policy it is about and what came out (unknown is never pass
 * and never fail).
 *
 * @internal
 */
export function parsePolicyResult(
  value: unknown,
  options: {
    source: string | undefined;
    /** RFC 3339; for a result without a time of its own. */
    reportedAt: string;
  },
): PolicyResult | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { source, reportedAt } = options;
  const policy = shortText(value.policy, NAME_LENGTH);
  const result = oneOf(POLICY_RESULTS_WORST_FIRST, value.result);
  if (!policy || !result) {
    return undefined;
  }
  const rule = ruleOf(value.rule, source);
  const severity = oneOf(POLICY_SEVERITIES_WORST_FIRST, value.severity);
  const category = shortText(value.category, NAME_LENGTH);
  const message = shortText(value.message, MESSAGE_LENGTH);
  const properties = propertiesOf(value.properties);
  return {
    ...(source && { source }),
    policy,
    ...(rule && { rule }),
    result,
    ...(severity && { severity }),
    ...(category && { category }),
    ...(message && { message }),
    ...(properties && { properties }),
    observedAt: timeOf(value.timestamp) ?? reportedAt,
  };
}

function oneOf<T extends string>(
  known: readonly T[],
  value: unknown,
): T | undefined {
  return known.find(each => each === value);
}

function ruleOf(
  value: unknown,
  source: string | undefined,
): string | undefined {
  const rule = shortText(value, NAME_LENGTH);
  return source !== undefined && KYVERNO.test(source)
    ? rule?.replace(GENERATED_RULE, '')
    : rule;
}

function propertiesOf(value: unknown): Record<string, string> | undefined {
  const entries = Object.entries(textMap(value)).slice(0, MAX_PROPERTIES);
  return entries.length === 0
    ? undefined
    : Object.fromEntries(
        entries.map(([key, text]) => [
          shortText(key, NAME_LENGTH) ?? '',
          shortText(text, PROPERTY_LENGTH) ?? '',
        ]),
      );
}

function timeOf(timestamp: unknown): string | undefined {
  const seconds = isRecord(timestamp) ? timestamp.seconds : undefined;
  const usable =
    Number.isInteger(seconds) &&
    (seconds as number) > 0 &&
    (seconds as number) <= LAST_SECOND;
  return usable
    ? new Date((seconds as number) * 1_000).toISOString()
    : undefined;
}
