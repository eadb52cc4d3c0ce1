import { Evidence, EvidenceOf } from 'backstage-plugin-supply-chain-common';
import { withoutOtherTags, withoutScannedWorkload } from './withoutOthers';

/** Options of {@link shownEvidence}. */
export type ShownEvidenceOptions = {
  evidence: Evidence[];
  /** References of the workloads the caller may see. */
  imageRefs: string[];
};

/** Evidence as JSON for the page. */
export type ShownEvidence = { [key: string]: unknown };

/**
 * Evidence as collected, without what tells of workloads the caller may not see (L33): which tags others use, and
 * which workload a scan was made for. Findings of scans have a list of their own.
 */
export function shownEvidence(options: ShownEvidenceOptions): ShownEvidence[] {
  return options.evidence.map(evidence => {
    switch (evidence.kind) {
      case 'origin':
        return withoutOtherTags(evidence, options.imageRefs);
      case 'vulnerabilities': {
        const { detail, ...rest } = withoutScannedWorkload(evidence);
        if (!detail) {
          return rest;
        }
        const { findings, artifact, ...scan } = detail;
        return {
          ...rest,
          detail: { ...scan, ...(artifact.digest && { artifact }) },
        };
      }
      case 'provenance':
        return withoutScans(evidence);
      default:
        return evidence;
    }
  });
}

/** What attested scans found stands in the list of findings. */
function withoutScans(evidence: EvidenceOf<'provenance'>): ShownEvidence {
  const { detail } = evidence;
  return {
    ...evidence,
    ...(detail && {
      detail: {
        ...detail,
        statements: detail.statements.map(({ content, ...statement }) => {
          if (content.type !== 'vulnerabilityScan' || !content.scan) {
            return { ...statement, content };
          }
          const { findings, ...scan } = content.scan;
          return { ...statement, content: { ...content, scan } };
        }),
      },
    }),
  };
}
