import { createHash } from 'node:crypto';
import {
  parseScanReport,
  ReasonCode,
  SCAN_REPORT_MAX_BYTES,
  ScanReport,
} from 'backstage-plugin-supply-chain-common';
import { CommandLineError } from '../commandLine/CommandLineError';
import { readFileUpTo } from 'backstage-plugin-supply-chain-node/policies';

/** A report of a scan that was handed in. */
export type EvidenceFile = {
  /** As written. */
  file: string;
  /** `sha256:` over its bytes. */
  digest: string;
  report: ScanReport;
};

/** A report with its bytes as they are. */
export type ReadEvidence = EvidenceFile & { bytes: Uint8Array<ArrayBuffer> };

type ReadResult =
  | { ok: true; evidence: ReadEvidence }
  | { ok: false; problem: string };

/**
 * Reads the reports that `--evidence` names.
 *
 * @throws CommandLineError with a line for each that cannot be used, before anything is looked at.
 */
export async function readEvidence(files: string[]): Promise<ReadEvidence[]> {
  const results: ReadResult[] = [];
  for (const file of files) {
    results.push(await readOne(file));
  }
  const problems = results.flatMap(each => (each.ok ? [] : [each.problem]));
  if (problems.length > 0) {
    throw new CommandLineError('configuration', problems);
  }
  return results.flatMap(each => (each.ok ? [each.evidence] : []));
}

async function readOne(file: string): Promise<ReadResult> {
  const refused = (reason: ReasonCode, message: string): ReadResult => ({
    ok: false,
    problem: `evidence "${file}": ${reason}: ${message}`,
  });
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  try {
    bytes = await readFileUpTo(file, SCAN_REPORT_MAX_BYTES);
  } catch (error) {
    return refused('documentFileMissing', (error as Error).message);
  }
  if (!bytes) {
    const limit = `expected at most ${SCAN_REPORT_MAX_BYTES} bytes`;
    return refused('reportTooLarge', limit);
  }
  const parsed = parseScanReport(bytes);
  if (!parsed.ok) {
    return refused(parsed.reason, parsed.message);
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  const { report } = parsed;
  return {
    ok: true,
    evidence: { file, digest: `sha256:${digest}`, report, bytes },
  };
}
