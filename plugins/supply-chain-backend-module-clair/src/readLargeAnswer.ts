import {
  ClairReport,
  parseClairReport,
  ReportResult,
} from 'backstage-plugin-supply-chain-common';
import type { PackedScan } from 'backstage-plugin-supply-chain-node';
import {
  packScan,
  serveTasks,
} from 'backstage-plugin-supply-chain-node/clusters';
import { IndexOutcome, parseIndexReport } from './parseAnswers';

/** The file to start a thread from: this one, as source in development and as bundled in the package. */
export const ANSWER_WORKER_FILE = __filename;

/** Tells this thread from others that load the file. */
export const ANSWER_WORKER = 'supply-chain-clair-answers';

/** What an answer of Clair is read as: an index report on a digest, or a vulnerability report. */
export type AnswerTask = { indexOf: string } | 'report';

/** A report whose findings are ready to be stored: as objects, thousands would be copied one by one. */
export type PackedClairReport = Omit<ClairReport, 'detail'> & {
  detail: { packed: PackedScan };
};

/** What a thread makes of an answer. */
export type ReadAnswer =
  | { index: IndexOutcome }
  | { report: ReportResult<PackedClairReport> }
  | { error: string };

serveTasks<AnswerTask, ReadAnswer>({
  worker: ANSWER_WORKER,
  answer: (body, task) =>
    task === 'report'
      ? { report: packed(parseClairReport(body)) }
      : { index: parseIndexReport(body, task.indexOf) },
  failure: error => ({ error: String(error) }),
});

function packed(
  parsed: ReportResult<ClairReport>,
): ReportResult<PackedClairReport> {
  if (!parsed.ok) {
    return parsed;
  }
  const { detail, ...report } = parsed.report;
  return {
    ok: true,
    report: { ...report, detail: { packed: packScan(detail) } },
  };
}
