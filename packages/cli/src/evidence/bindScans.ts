import {
  Digest,
  distinctFindings,
  EvidenceOf,
  OriginDetail,
  ScanReport,
} from 'backstage-plugin-supply-chain-common';
import { ScanFile } from './readEvidence';

/** Id under which a report that was handed in appears among the evidence. */
export const EVIDENCE_FILE_COLLECTOR = 'evidence-file';

/** The image that reports are compared with. */
export type BindingImage = {
  digest: Digest;
  /** Absent when the registry could not be read: then only the digest itself is known. */
  origin?: OriginDetail;
  /** Asked only when no digest of a report is known: manifests by the digest of their configuration. */
  configDigests(): Promise<ReadonlyMap<Digest, Digest>>;
};

/**
 * The manifest or index of this image that a report says it scanned: by the digests it names, else by the image
 * configuration; `undefined` when it is of something else (L2).
 */
export async function scannedDigest(
  { digests, imageId }: ScanReport,
  image: BindingImage,
): Promise<Digest | undefined> {
  const { digest, origin } = image;
  const own = digestsOf({ digest, origin });
  const named = own.find(each => digests.includes(each));
  if (named !== undefined || imageId === undefined) {
    return named;
  }
  // An image store of containerd takes the digest of the manifest for the id.
  return own.includes(imageId)
    ? imageId
    : (await image.configDigests()).get(imageId);
}

/** Every digest by which a report may name the image, its own first. */
export function digestsOf({
  digest,
  origin,
}: Pick<BindingImage, 'digest' | 'origin'>): Digest[] {
  return [
    digest,
    ...(origin?.children ?? []).map(each => each.digest),
    ...(origin?.parents ?? []),
  ];
}

/** A report as evidence about the content it is of. */
export function scanOf(
  { report }: ScanFile,
  scanned: Digest,
): EvidenceOf<'vulnerabilities'> {
  const { detail, coversPackages } = report;
  const evidence = {
    subject: { type: 'content', digest: scanned },
    collector: EVIDENCE_FILE_COLLECTOR,
    kind: 'vulnerabilities',
    // L9: nobody vouches for it but who runs the command.
    trust: 'file',
    observedAt: detail.scannedAt,
  } as const;
  return coversPackages
    ? {
        ...evidence,
        status: 'present',
        detail: { ...detail, artifact: { digest: scanned } },
      }
    : { ...evidence, status: 'invalid', reason: 'scanWithoutPackages' };
}

/**
 * A report of something else. Its digest stands beside it, so that it is known as such; without one the reference alone
 * would make a hint of it, which a file that anybody may have written must not be.
 */
export function scanOfOther(
  { report }: ScanFile,
  { repository, digest }: { repository: string; digest: Digest },
): EvidenceOf<'vulnerabilities'> {
  const { detail, digests } = report;
  const [other] = digests;
  return {
    subject: other
      ? { type: 'content', digest: other }
      : { type: 'image', repository, digest },
    collector: EVIDENCE_FILE_COLLECTOR,
    kind: 'vulnerabilities',
    trust: 'file',
    status: 'present',
    observedAt: detail.scannedAt,
    detail: {
      ...detail,
      artifact: other ? { digest: other } : {},
      // What is in other content says nothing here, and would change the digest of the facts.
      findings: [],
    },
  };
}

/**
 * Scans by one scanner of the same content on the same platform as one: everything any of them found, as old as the
 * oldest, so that handing in one more never hides what another says (L8). Those of several scanners stay apart, for each
 * has its own names for a vulnerability.
 */
export function combineScans(
  scans: EvidenceOf<'vulnerabilities'>[],
  { digest, origin }: Pick<BindingImage, 'digest' | 'origin'>,
): EvidenceOf<'vulnerabilities'>[] {
  const indexes = [
    ...(origin?.parents ?? []),
    ...(origin?.kind === 'manifest' ? [] : [digest]),
  ];
  const combined = new Map<string, EvidenceOf<'vulnerabilities'>>();
  for (const scan of scans) {
    const { subject, status, detail } = scan;
    // A manifest is of one platform, whether or not a report says so.
    const isOfIndex =
      subject.type === 'content' && indexes.includes(subject.digest);
    const key = JSON.stringify([
      subject,
      status,
      detail?.scanner.name,
      isOfIndex && detail?.platform,
    ]);
    const other = combined.get(key);
    combined.set(key, other ? combine(other, scan) : scan);
  }
  return [...combined.values()];
}

function combine(
  left: EvidenceOf<'vulnerabilities'>,
  right: EvidenceOf<'vulnerabilities'>,
): EvidenceOf<'vulnerabilities'> {
  const [older, newer] =
    left.observedAt <= right.observedAt ? [left, right] : [right, left];
  return older.detail && newer.detail
    ? {
        ...older,
        detail: {
          ...older.detail,
          findings: distinctFindings([
            ...older.detail.findings,
            ...newer.detail.findings,
          ]),
        },
      }
    : older;
}
