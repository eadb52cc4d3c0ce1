import { EvidenceOf } from 'backstage-plugin-supply-chain-common';
import {
  ObservedReport,
  PackedReport,
  RunningContent,
} from 'backstage-plugin-supply-chain-node';
import { ClairScan } from './ClairClient';
import { ClairFailure } from './ClairResult';

/** Id of the feed these reports come from. */
export const CLAIR_FEED_ID = 'clair';

/** What is stored of an image. */
export type ClairItem = ObservedReport | PackedReport;

/** How far an image has come; kept with its report, so that the pace survives a restart. */
export type ContentProgress = {
  status: 'present' | 'unavailable';
  /** When it is to be scanned again. */
  dueMs: number;
  /** The state of the indexer it was indexed with; empty when it was not. */
  indexedState: string;
  /** Fingerprint of the vulnerabilities it was compared with; empty when it was not, or when Clair does not tell. */
  database: string;
};

/** Progress as the version of a stored report. */
export function versionOf(progress: ContentProgress): string {
  const { status, dueMs, indexedState, database } = progress;
  return `${status} ${dueMs} ${indexedState} ${database}`;
}

/** Progress of a stored report. One that another version of this product wrote stands and is due at once. */
export function progressOf(version: string): ContentProgress {
  const match = /^(present|unavailable) (\d{1,15}) (\S*)(?: (\S*))?$/.exec(
    version,
  );
  return match
    ? {
        status: match[1] as ContentProgress['status'],
        dueMs: Number(match[2]),
        indexedState: match[3],
        database: match[4] ?? '',
      }
    : { status: 'present', dueMs: 0, indexedState: '', database: '' };
}

/** Options of {@link scanOf}. */
export type ScanOptions = {
  content: RunningContent;
  report: ClairScan['report'];
  progress: ContentProgress;
  /** RFC 3339: how old what it was compared with is. */
  scannedAt: string;
  now: Date;
};

/** A scan as the engine stores it. */
export function scanOf(options: ScanOptions): ClairItem {
  const { content, report, progress, scannedAt, now } = options;
  const { digest, platform, locations } = content;
  const repository = locations.at(0)?.repository;
  const { detail } = report;
  const evidence = {
    status: 'present',
    observedAt: now.toISOString(),
  } as const;
  const about = {
    scannedAt,
    artifact: { ...(repository && { repository }), digest },
    ...(platform && { platform }),
  };
  return 'packed' in detail
    ? reportOf(content, progress, {
        ...evidence,
        detail: { ...detail, ...about },
      })
    : reportOf(content, progress, {
        ...evidence,
        detail: { ...detail, ...about },
      });
}

/** That there is no scan, and why. */
export function failedScanOf(options: {
  content: RunningContent;
  failure: ClairFailure;
  progress: ContentProgress;
  now: Date;
}): ClairItem {
  const { content, failure, progress, now } = options;
  return reportOf<never>(content, progress, {
    status: 'unavailable',
    reason: failure.reason,
    message: failure.message,
    observedAt: now.toISOString(),
  });
}

function reportOf<D>(
  { digest }: RunningContent,
  progress: ContentProgress,
  evidence: Pick<
    EvidenceOf<'vulnerabilities'>,
    'status' | 'reason' | 'message' | 'observedAt'
  > & { detail?: D },
) {
  return {
    uid: digest,
    resourceVersion: versionOf(progress),
    // It is about content, wherever that runs: no namespace and no controller.
    namespace: '',
    controller: { kind: '', name: '' },
    container: '',
    evidence: {
      subject: { type: 'content' as const, digest },
      collector: CLAIR_FEED_ID,
      kind: 'vulnerabilities' as const,
      ...evidence,
    },
  };
}
