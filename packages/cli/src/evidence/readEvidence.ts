import { createHash } from 'node:crypto';
import {
  EvidenceDocument,
  parseEvidenceDocument,
  ReasonCode,
  SCAN_REPORT_MAX_BYTES,
  ScanReport,
  VexDetail,
} from 'backstage-plugin-supply-chain-common';
import { CommandLineError } from '../commandLine/CommandLineError';
import { readFileUpTo } from 'backstage-plugin-supply-chain-node/policies';

type NamedFile = {
  /** As written. */
  file: string;
  /** `sha256:` over its bytes. */
  digest: string;
};

/** A report of a scan that was handed in. */
export type ScanFile = NamedFile & {
  kind: 'vulnerabilities';
  report: ScanReport;
};

/** A VEX document that was handed in. */
export type VexFile = NamedFile & { kind: 'vex'; document: VexDetail };

/** What was handed in. */
export type EvidenceFile = ScanFile | VexFile;

/** The same with its bytes as they are. */
export type ReadEvidence = EvidenceFile & { bytes: Uint8Array<ArrayBuffer> };

type ReadResult =
  | { ok: true; evidence: ReadEvidence }
  | { ok: false; problem: string };

/**
 * Reads the files that `--evidence` names; `scannedAt` is when a scan was made whose report does not say it.
 *
 * @throws CommandLineError with a line for each that cannot be used, before anything is looked at.
 */
export async function readEvidence(
  files: string[],
  options: { scannedAt?: Date } = {},
): Promise<ReadEvidence[]> {
  const results: ReadResult[] = [];
  for (const file of files) {
    results.push(await readOne(file, options.scannedAt?.toISOString()));
  }
  const problems = results.flatMap(each => (each.ok ? [] : [each.problem]));
  if (problems.length > 0) {
    throw new CommandLineError('configuration', problems);
  }
  return results.flatMap(each => (each.ok ? [each.evidence] : []));
}

async function readOne(
  file: string,
  scannedAt: string | undefined,
): Promise<ReadResult> {
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
  const parsed = parseEvidenceDocument(bytes, { scannedAt });
  if (!parsed.ok) {
    return refused(parsed.reason, parsed.message);
  }
  const unusable = unusableStatement(parsed.report);
  if (unusable) {
    return refused(unusable.reason, unusable.message);
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  return {
    ok: true,
    evidence: { file, digest: `sha256:${digest}`, ...parsed.report, bytes },
  };
}

/** A document of which nothing can be used was meant to say something. */
function unusableStatement(
  evidence: EvidenceDocument,
): { reason: ReasonCode; message: string } | undefined {
  const { statements, ignored } =
    evidence.kind === 'vex'
      ? evidence.document
      : { statements: [], ignored: [] };
  const [first] = ignored;
  return first && statements.length === 0
    ? {
        reason: first.reason,
        message: `statement ${first.index}: ${first.message}`,
      }
    : undefined;
}

/** What a file is written in. */
export function formatOf(evidence: EvidenceDocument): string {
  return evidence.kind === 'vex' ? 'openvex' : evidence.report.format;
}
