import { PredicateContent } from '../model/provenance';
import { readOpenVexValue } from '../vulnerabilities/openvex/parseOpenVex';
import { reportResult } from '../vulnerabilities/scanReport';

/**
 * Reads `https://openvex.dev/ns` of any version: the document itself.
 * https://github.com/openvex/spec/blob/main/ATTESTING.md
 */
export function readVex(predicate: unknown): PredicateContent {
  const read = reportResult(() => readOpenVexValue(predicate));
  return read.ok
    ? { type: 'vex', document: read.report }
    : { type: 'vex', problem: read.reason };
}

/** Cosign writes the name without a version. */
export function isVexPredicate(predicateType: string): boolean {
  return /^https:\/\/openvex\.dev\/ns(?:\/v\d+\.\d+\.\d+)?$/.test(
    predicateType,
  );
}
