import {
  ClairReport,
  EvidenceOf,
  VulnerabilityDetail,
} from 'backstage-plugin-supply-chain-common';
import {
  ObservedReport,
  RunningContent,
} from 'backstage-plugin-supply-chain-node';
import { ClairFailure } from './ClairResult';

/** Id of the feed these reports come from. */
export const CLAIR_FEED_ID = 'clair';

/** How far an image has come; kept with its report, so that the pace survives a restart. */
export type ContentProgress = {
  status: 'present' | 'unavailable';
  /** When it is to be scanned again. */
  dueMs: number;
  /** The state of the indexer it was indexed with; empty when it was not. */
  indexedState: string;
};

/** Progress as the version of a stored report. */
export function versionOf(progress: ContentProgress): string {
  const { status, dueMs, indexedState } = progress;
  return `${status} ${dueMs} ${indexedState}`;
}

/** Progress of a stored report. One that another version of this product wrote stands and is due at once. */
export function progressOf(version: string): ContentProgress {
  const match = /^(present|unavailable) (\d{1,15}) (\S*)$/.exec(version);
  return match
    ? {
        status: match[1] as ContentProgress['status'],
        dueMs: Number(match[2]),
        indexedState: match[3],
      }
    : { status: 'present', dueMs: 0, indexedState: '' };
}

/** Options of {@link scanOf}. */
export type ScanOptions = {
  content: RunningContent;
  report: ClairReport;
  progress: ContentProgress;
  /** RFC 3339: how old what it was compared with is. */
  scannedAt: string;
  now: Date;
};

/** A scan as the engine stores it. */
export function scanOf(options: ScanOptions): ObservedReport {
  const { content, report, progress, scannedAt, now } = options;
  const { repository, digest, platform } = content;
  const detail: VulnerabilityDetail = {
    ...report.detail,
    scannedAt,
    artifact: { repository, digest },
    ...(platform && { platform }),
  };
  return reportOf(content, progress, {
    status: 'present',
    observedAt: now.toISOString(),
    detail,
  });
}

/** That there is no scan, and why. */
export function failedScanOf(options: {
  content: RunningContent;
  failure: ClairFailure;
  progress: ContentProgress;
  now: Date;
}): ObservedReport {
  const { content, failure, progress, now } = options;
  return reportOf(content, progress, {
    status: 'unavailable',
    reason: failure.reason,
    message: failure.message,
    observedAt: now.toISOString(),
  });
}

function reportOf(
  { digest }: RunningContent,
  progress: ContentProgress,
  evidence: Pick<
    EvidenceOf<'vulnerabilities'>,
    'status' | 'reason' | 'message' | 'observedAt' | 'detail'
  >,
): ObservedReport {
  return {
    uid: digest,
    resourceVersion: versionOf(progress),
    // It is about content, wherever that runs: no namespace and no controller.
    namespace: '',
    controller: { kind: '', name: '' },
    container: '',
    evidence: {
      subject: { type: 'content', digest },
      collector: CLAIR_FEED_ID,
      kind: 'vulnerabilities',
      ...evidence,
    },
  };
}
