import { isRecord } from '../../kubernetes/KubernetesObject';
import { IgnoredVexStatement, VexDetail, VexStatement } from '../../model/vex';
import { instant, shortText } from '../../text/reportValues';
import { definedOnly } from '../definedOnly';
import { Json, readReport, ReportProblem, ReportResult } from '../scanReport';
import { readStatement, StatementProblem } from './readStatement';

/**
 * The most bytes a VEX document may have.
 *
 * @public
 */
export const VEX_MAX_BYTES = 4 * 1024 * 1024;

/** Far above what people write about one image; a cut document could lose what is affected, so it is refused. */
const MAX_STATEMENTS = 5_000;
const MAX_DEPTH = 16;

/** Version 0.2 and those before it: https://github.com/openvex/spec/tree/main */
const CONTEXT = /^https:\/\/openvex\.dev\/ns(?:\/v0\.[012]\.\d{1,3})?$/;

/**
 * Reads an OpenVEX document. Never throws. A document whose form is not known, or that is larger than what is read, is
 * refused whole; a statement that says too little is ignored, and named.
 *
 * @public
 */
export function parseOpenVex(
  document: string | Uint8Array,
): ReportResult<VexDetail> {
  return readReport(document, readOpenVexValue, {
    maxDepth: MAX_DEPTH,
    maxBytes: VEX_MAX_BYTES,
  });
}

/** Whether a document says that it is one, in whatever version. */
export function isOpenVex(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['@context'] === 'string' &&
    value['@context'].startsWith('https://openvex.dev/ns')
  );
}

/**
 * The same for a document that is part of another one.
 *
 * @throws ReportProblem
 */
export function readOpenVexValue(value: unknown): VexDetail {
  if (!isRecord(value)) {
    throw new ReportProblem('malformedReport', 'expected a JSON object');
  }
  const context = value['@context'];
  if (typeof context !== 'string' || !CONTEXT.test(context)) {
    throw new ReportProblem(
      'reportFormatUnknown',
      `expected @context "https://openvex.dev/ns/v0.2.0", got ${
        shortText(JSON.stringify(context), 100) ?? 'none'
      }`,
    );
  }
  return {
    ...definedOnly({
      id: shortText(value['@id'], 1_024),
      author: shortText(value.author, 512),
      issuedAt: instant(value.last_updated) ?? instant(value.timestamp),
    }),
    version: versionOf(value.version),
    ...statementsOf(value),
  };
}

/** A number; the first versions of OpenVEX write a text. Without one it is the first. */
function versionOf(value: unknown): number {
  const version = typeof value === 'string' ? Number(value) : value ?? 1;
  if (!Number.isSafeInteger(version) || (version as number) < 0) {
    throw new ReportProblem(
      'malformedReport',
      'its version is no whole number, so nothing says which one replaces which',
    );
  }
  return version as number;
}

function statementsOf(
  document: Json,
): Pick<VexDetail, 'statements' | 'ignored'> {
  const { statements: list } = document;
  if (!Array.isArray(list)) {
    throw new ReportProblem('malformedReport', 'it has no list of statements');
  }
  if (list.length > MAX_STATEMENTS) {
    throw new ReportProblem(
      'reportTooLarge',
      `expected at most ${MAX_STATEMENTS} statements, got ${list.length}`,
    );
  }
  const statedAt = instant(document.timestamp);
  const statements: VexStatement[] = [];
  const ignored: IgnoredVexStatement[] = [];
  list.forEach((each, index) => {
    try {
      statements.push(readStatement(each, statedAt));
    } catch (error) {
      if (!(error instanceof StatementProblem)) {
        throw error;
      }
      const { reason, message } = error;
      ignored.push({ index, reason, message });
    }
  });
  return { statements, ignored };
}
