import {
  Evidence,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';

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
  const tags = new Set(options.imageRefs.flatMap(tagOf));
  return options.evidence.map(evidence => {
    switch (evidence.kind) {
      case 'origin':
        return evidence.detail
          ? {
              ...evidence,
              detail: {
                ...evidence.detail,
                tags: evidence.detail.tags.filter(({ tag }) => tags.has(tag)),
              },
            }
          : evidence;
      case 'vulnerabilities': {
        const { subject, message, detail, ...rest } = evidence;
        if (!detail) {
          return rest;
        }
        const { findings, artifact, ...scan } = detail;
        return {
          ...rest,
          detail: {
            ...scan,
            ...(artifact.digest && { artifact: { digest: artifact.digest } }),
          },
        };
      }
      default:
        return evidence;
    }
  });
}

function tagOf(imageRef: string): string[] {
  const parsed = parseImageReference(imageRef);
  return parsed.ok && parsed.reference.tag ? [parsed.reference.tag] : [];
}
