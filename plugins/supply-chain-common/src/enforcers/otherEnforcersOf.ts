import { EvidenceOf } from '../model/evidence';
import {
  POLICY_RESULTS_WORST_FIRST,
  POLICY_SEVERITIES_WORST_FIRST,
  PolicyResult,
} from '../model/policyReport';
import { subjectKey, WorkloadSubject } from '../model/subject';
import * as schema from '../schema/openapi';
import { compareText } from '../vulnerabilities/compareText';

/** More results than this are counted, not listed. */
const MAXIMUM_LISTED = 200;

/** More notes than this tell nothing new. */
const MAXIMUM_NOTES = 50;

/**
 * What one report says of one object, with the workload the object belongs to.
 *
 * @public
 */
export type EnforcedEvidence = {
  /** The topmost owner of the object the evidence is about. */
  workload: WorkloadSubject;
  evidence: EvidenceOf<'policyReport'>;
};

/**
 * What other enforcers say of some workloads; undefined when they say nothing.
 *
 * An enforcer reports on a Deployment, its ReplicaSets and its pods: each rule counts once for the workload, with its
 * worst result, because an old pod that violates a rule still runs. The same report in both APIs counts once for the
 * same reason. The numbers are counted here; the summary of a report is never read.
 *
 * @public
 */
export function otherEnforcersOf(
  reports: readonly EnforcedEvidence[],
): schema.OtherEnforcers | undefined {
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
  const notes = notesOf(reports);
  if (results.size === 0 && notes.length === 0) {
    return undefined;
  }
  const sorted = [...results.values()].sort(compareResults);
  return {
    results: sorted.slice(0, MAXIMUM_LISTED),
    total: sorted.length,
    counts: countsOf(sorted),
    notes: notes.slice(0, MAXIMUM_NOTES),
  };
}

function placeOf(workload: WorkloadSubject): schema.EnforcedWorkload {
  const { type, ...place } = workload;
  return place;
}

/** The message is no part of it: it names the object, and so differs between a pod and its Deployment. */
function identityOf(workload: WorkloadSubject, result: PolicyResult): string {
  const { source = '', policy, rule = '' } = result;
  return JSON.stringify([subjectKey(workload), source, policy, rule]);
}

function compareResults(
  left: schema.EnforcerResult,
  right: schema.EnforcerResult,
): number {
  const rank = ({ result }: schema.EnforcerResult) =>
    POLICY_RESULTS_WORST_FIRST.indexOf(result);
  const name = ({ source, policy, rule, workload }: schema.EnforcerResult) =>
    JSON.stringify([source ?? '', policy, rule ?? '', Object.values(workload)]);
  return (
    rank(left) - rank(right) ||
    severityRank(left) - severityRank(right) ||
    compareText(name(left), name(right)) ||
    // The newest of equals.
    compareText(right.observedAt, left.observedAt) ||
    compareText(left.message ?? '', right.message ?? '')
  );
}

function severityRank({ severity }: schema.EnforcerResult): number {
  return severity
    ? POLICY_SEVERITIES_WORST_FIRST.indexOf(severity)
    : POLICY_SEVERITIES_WORST_FIRST.length;
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
