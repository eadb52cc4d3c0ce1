import {
  isRecord,
  KubernetesObject,
  objectOfReport,
  PolicyReportDetail,
  PolicyResultsLeftOut,
  ReportedObject,
  reportedObject,
} from 'backstage-plugin-supply-chain-common';
import { parsePolicyResult, repeatsScans, sourceOf } from './parsePolicyResult';

const MAX_RESULTS_OF_OBJECT = 500;
const MAX_RESULTS_OF_REPORT = 5_000;
const MAX_OBJECTS_OF_REPORT = 1_000;
const MAX_OBJECTS_OF_RESULT = 100;

/** Sources are hostile: beyond so many of them the rest is counted together. */
const MAX_LEFT_OUT_SOURCES = 20;

/** What a report says of one object. */
export type ToldOfObject = {
  object: ReportedObject;
  detail: PolicyReportDetail;
};

/**
 * Sorts the results of one report by the objects they are about.
 *
 * @internal
 */
export class ResultSorting {
  readonly #report: KubernetesObject;
  readonly #reportedAt: string;
  readonly #told = new Map<string, ToldOfObject>();
  #kept = 0;

  constructor(report: KubernetesObject, options: { reportedAt: string }) {
    this.#report = report;
    this.#reportedAt = options.reportedAt;
  }

  sort(results: readonly unknown[]): ToldOfObject[] {
    const whole = objectOfReport(this.#report);
    for (const result of results) {
      for (const object of this.#objectsOf(result, whole)) {
        this.#tell(object, result);
      }
    }
    return [...this.#told.values()];
  }

  #objectsOf(
    result: unknown,
    whole: ReportedObject | undefined,
  ): ReportedObject[] {
    const { resources, resourceSelector } = isRecord(result)
      ? result
      : ({} as Record<string, unknown>);
    if (Array.isArray(resources) && resources.length > 0) {
      return resources
        .slice(0, MAX_OBJECTS_OF_RESULT)
        .flatMap(each => reportedObject(each, this.#report) ?? []);
    }
    // Who matches a selector is not written down, and need not be the object of the report.
    return whole && !isRecord(resourceSelector) ? [whole] : [];
  }

  #tell(object: ReportedObject, value: unknown): void {
    const detail = this.#detailOf(object);
    const { source: own, metadata } = this.#report;
    const source = sourceOf(value, { source: own, labels: metadata.labels });
    if (!detail) {
      return;
    }
    if (repeatsScans(source)) {
      leaveOut(detail, { reason: 'policyResultsOfScanner', source });
      return;
    }
    const reportedAt = this.#reportedAt;
    const result = parsePolicyResult(value, { source, reportedAt });
    const full =
      detail.results.length >= MAX_RESULTS_OF_OBJECT ||
      this.#kept >= MAX_RESULTS_OF_REPORT;
    if (!result) {
      leaveOut(detail, { reason: 'policyResultMalformed', source });
    } else if (full) {
      leaveOut(detail, { reason: 'policyResultsTooMany', source });
    } else {
      this.#kept += 1;
      detail.results.push(result);
    }
  }

  #detailOf(object: ReportedObject): PolicyReportDetail | undefined {
    const { namespace, kind, name, uid } = object;
    const key = JSON.stringify([namespace, kind, name, uid]);
    const known = this.#told.get(key);
    if (known || this.#told.size >= MAX_OBJECTS_OF_REPORT) {
      return known?.detail;
    }
    const detail: PolicyReportDetail = { results: [], leftOut: [] };
    this.#told.set(key, { object, detail });
    return detail;
  }
}

function leaveOut(
  detail: PolicyReportDetail,
  what: Pick<PolicyResultsLeftOut, 'reason' | 'source'>,
): void {
  const { reason, source } = what;
  const find = (of: string | undefined) =>
    detail.leftOut.find(each => each.reason === reason && each.source === of);
  const named = find(source);
  const many = detail.leftOut.length >= MAX_LEFT_OUT_SOURCES;
  const known = named ?? (many ? find(undefined) : undefined);
  if (known) {
    known.results += 1;
  } else {
    detail.leftOut.push({
      reason,
      ...(source && !many && { source }),
      results: 1,
    });
  }
}
