import {
  isRecord,
  KubernetesObject,
  ReasonCode,
  shortText,
} from 'backstage-plugin-supply-chain-common';
import {
  ObservedPolicyReport,
  ParsedReport,
} from 'backstage-plugin-supply-chain-node';

/**
 * Any JSON object.
 *
 * @internal
 */
export type Json = Record<string, unknown>;

/**
 * Why a report cannot be used, in plain text without anything secret of its content.
 *
 * @internal
 */
export class ReportProblem extends Error {
  constructor(
    message: string,
    readonly reason: ReasonCode = 'malformedReport',
  ) {
    super(message);
  }
}

/**
 * Throws a {@link ReportProblem} when the object is of another kind. What is listed may leave out what it is.
 *
 * @internal
 */
export function expectKind(
  object: KubernetesObject,
  expected: { apiVersion: string; kind: string },
): void {
  const { apiVersion = expected.apiVersion, kind = expected.kind } = object;
  if (apiVersion !== expected.apiVersion || kind !== expected.kind) {
    const found = shortText(`${apiVersion} ${kind}`, 100);
    throw new ReportProblem(
      `expected ${expected.apiVersion} ${expected.kind}, got ${found}`,
    );
  }
}

/**
 * The `report` of an object of that kind.
 *
 * @internal
 */
export function reportOf(
  object: KubernetesObject,
  expected: { apiVersion: string; kind: string },
): Json {
  expectKind(object, expected);
  if (!isRecord(object.report)) {
    throw new ReportProblem('has no report');
  }
  return object.report;
}

/**
 * What an object becomes; a {@link ReportProblem} on the way makes it malformed.
 *
 * @internal
 */
export function parsedReport(
  { metadata }: KubernetesObject,
  read: () => Omit<ObservedPolicyReport, 'uid' | 'resourceVersion'>,
): ParsedReport {
  const { uid, resourceVersion } = metadata;
  try {
    return { kind: 'report', report: { uid, resourceVersion, ...read() } };
  } catch (error) {
    if (!(error instanceof ReportProblem)) {
      throw error;
    }
    return { kind: 'malformed', message: error.message };
  }
}
