import { PolicyResult } from '../model/policyReport';
import { subjectKey, WorkloadSubject } from '../model/subject';
import * as schema from '../schema/openapi';
import { compareText } from '../vulnerabilities/compareText';
import { EnforcedEvidence } from './EnforcedEvidence';
import { worstFirst } from './worstFirst';

/** More results than this are counted, not listed. */
const MAXIMUM_LISTED = 200;

/** More notes than this tell nothing new. */
const MAXIMUM_NOTES = 50;

/** What some reports come to. */
export type CollapsedResults = Pick<
  schema.OtherEnforcers,
  'results' | 'total' | 'counts' | 'notes'
>;

/**
 * Results as {@link resultsOf} has them, the worst of them listed. The numbers are counted here; the summary of a report
 * is never read.
 *
 * @internal
 */
export function collapseResults(
  reports: readonly EnforcedEvidence[],
): CollapsedResults {
  const results = resultsOf(reports);
  return {
    results: results.slice(0, MAXIMUM_LISTED),
    total: results.length,
    counts: countsOf(results),
    notes: notesOf(reports).slice(0, MAXIMUM_NOTES),
  };
}

/**
 * Each rule once for its workload, with its worst result, the worst first: an enforcer reports on a Deployment, its
 * ReplicaSets and its pods, and an old pod that violates a rule still runs.
 *
 * @internal
 */
export function resultsOf(
  reports: readonly EnforcedEvidence[],
): schema.EnforcerResult[] {
  const results = new Map<string, schema.EnforcerResult>();
  for (const { workload, evidence } of reports) {
    const place = placeOf(workload);
    for (const result of evidence.detail?.results ?? []) {
      const key = identityOf(workload, result);
      const found = { ...result, workload: place };
      const known = results.get(key);
      if (!known || compareResults(found, known) < 0) {
        results.set(key, found);
      }
    }
  }
  return [...results.values()].sort(compareResults);
}

function placeOf(workload: WorkloadSubject): schema.EnforcedWorkload {
  const { type, ...place } = workload;
  return place;
}

/** The message is no part of it: it names the object, and so differs between a pod and its Deployment. */
function identityOf(workload: WorkloadSubject, result: PolicyResult): string {
  const { source = '', policy, rule = '', instance = '' } = result;
  const key = subjectKey(workload);
  return JSON.stringify([key, source, policy, rule, instance]);
}

function compareResults(
  left: schema.EnforcerResult,
  right: schema.EnforcerResult,
): number {
  return (
    worstFirst(left, right) ||
    compareText(resultName(left), resultName(right)) ||
    // The newest of equals.
    compareText(right.observedAt, left.observedAt) ||
    compareText(left.message ?? '', right.message ?? '')
  );
}

function resultName(result: schema.EnforcerResult): string {
  const { source = '', policy, rule = '', instance = '', workload } = result;
  const place = Object.values(workload);
  return JSON.stringify([source, policy, rule, place, instance]);
}

function countsOf(
  results: readonly schema.EnforcerResult[],
): schema.EnforcerCounts {
  const counts = { fail: 0, error: 0, warn: 0, pass: 0, skip: 0 };
  for (const { result } of results) {
    counts[result] += 1;
  }
  return counts;
}

/** One note for each workload, reason and source, however many pods it is said of. */
function notesOf(reports: readonly EnforcedEvidence[]): schema.EnforcerNote[] {
  const notes = new Map<string, schema.EnforcerNote>();
  const add = (note: schema.EnforcerNote) => {
    const { workload, reason, source } = note;
    const key = JSON.stringify([Object.values(workload), reason, source]);
    const known = notes.get(key);
    const results = Math.max(known?.results ?? 0, note.results ?? 0);
    notes.set(key, { ...note, ...known, ...(results > 0 && { results }) });
  };
  for (const { workload, evidence } of reports) {
    const place = placeOf(workload);
    const { reason, message, detail } = evidence;
    if (reason) {
      add({ reason, workload: place, ...(message && { message }) });
    }
    for (const leftOut of detail?.leftOut ?? []) {
      add({ ...leftOut, workload: place });
    }
  }
  return [...notes.values()].sort((left, right) =>
    compareText(noteName(left), noteName(right)),
  );
}

function noteName({ reason, source, workload }: schema.EnforcerNote): string {
  return JSON.stringify([Object.values(workload), reason, source ?? '']);
}
