import {
  EvidenceOf,
  parseImageReference,
} from 'backstage-plugin-supply-chain-common';

/**
 * Where an image is, without the tags that only workloads the caller may not see use for it (L33).
 */
export function withoutOtherTags(
  evidence: EvidenceOf<'origin'>,
  imageRefs: string[],
): EvidenceOf<'origin'> {
  const own = new Set(imageRefs.flatMap(tagOf));
  const { detail } = evidence;
  return detail
    ? {
        ...evidence,
        detail: {
          ...detail,
          tags: detail.tags.filter(({ tag }) => own.has(tag)),
        },
      }
    : evidence;
}

/**
 * A scan without the name of the workload it was made for, which need not be one the caller may see (L33). A scan that
 * names no digest counts only for its own workload.
 */
export function withoutScannedWorkload(
  evidence: EvidenceOf<'vulnerabilities'>,
): Omit<EvidenceOf<'vulnerabilities'>, 'subject' | 'message'> {
  const { subject, message, detail, ...rest } = evidence;
  const digest = detail?.artifact.digest;
  return {
    ...rest,
    ...(detail && {
      detail: { ...detail, ...(digest && { artifact: { digest } }) },
    }),
  };
}

function tagOf(imageRef: string): string[] {
  const parsed = parseImageReference(imageRef);
  return parsed.ok && parsed.reference.tag ? [parsed.reference.tag] : [];
}
