import { parseImageReference } from '../model/imageReference';
import { VulnerabilityDetail } from '../model/vulnerability';
import { PolicyFacts } from '../policy/types';

/**
 * How a scan relates to a running image, best first.
 *
 * - `matched`: a scan of what runs, on one of its platforms.
 * - `platformUnknown`: it names an index, and which of its platforms was scanned is not known (L2).
 * - `referenceOnly`: it names no digest and the same reference.
 * - `otherDigest`: it is of the same container and of other content.
 *
 * @public
 */
export type ScanRelation =
  | { kind: 'matched'; platforms: string[] }
  | { kind: 'platformUnknown' }
  | { kind: 'referenceOnly' }
  | { kind: 'otherDigest' };

/**
 * What of the facts says what runs.
 *
 * @public
 */
export type RunningSubject = Pick<PolicyFacts, 'origin'> & {
  image: Pick<PolicyFacts['image'], 'digest' | 'platform' | 'imageRef'>;
};

/**
 * What a scan or an SBOM says it is of.
 *
 * @public
 */
export type DescribedContent = {
  detail?: Pick<VulnerabilityDetail, 'artifact' | 'platform'>;
};

/** The platforms a running image runs on; pods of one workload may run on several. */
export function platformsOf(facts: RunningSubject): string[] {
  return facts.image.platform?.split(',') ?? [];
}

/**
 * Relates one scan, or what else describes contents, by the membership of index and manifest (L2, L3).
 *
 * @public
 */
export function relateScan(
  facts: RunningSubject,
  scan: DescribedContent,
): ScanRelation {
  const scanned = scan.detail?.artifact.digest;
  const { digest } = facts.image;
  if (!scanned) {
    return namesSameReference(facts, scan)
      ? { kind: 'referenceOnly' }
      : { kind: 'otherDigest' };
  }
  const origin = facts.origin?.detail;
  if (scanned === digest) {
    return origin?.kind === 'manifest'
      ? { kind: 'matched', platforms: platformsOf(facts) }
      : relateIndexScan(facts, scan);
  }
  if (origin?.parents.includes(scanned)) {
    return relateIndexScan(facts, scan);
  }
  const child = origin?.children.find(each => each.digest === scanned);
  return child
    ? relateToPlatform(facts, child.platform)
    : { kind: 'otherDigest' };
}

function relateIndexScan(
  facts: RunningSubject,
  scan: DescribedContent,
): ScanRelation {
  const children = facts.origin?.detail?.children ?? [];
  // An index with a single image has only one that can have been scanned.
  const platform =
    scan.detail?.platform ??
    (children.length === 1 ? children[0].platform : undefined);
  return platform === undefined
    ? { kind: 'platformUnknown' }
    : relateToPlatform(facts, platform);
}

function relateToPlatform(
  facts: RunningSubject,
  scanned: string,
): ScanRelation {
  const running = platformsOf(facts);
  const children = facts.origin?.detail?.children ?? [];
  if (running.length === 0) {
    return children.length === 1
      ? { kind: 'matched', platforms: [] }
      : { kind: 'platformUnknown' };
  }
  const platforms = running.filter(each => isSamePlatform(each, scanned));
  return platforms.length > 0
    ? { kind: 'matched', platforms }
    : { kind: 'otherDigest' };
}

/**
 * Whether two platforms are the same: nodes tell `os/architecture`, indexes may add a variant.
 *
 * @public
 */
export function isSamePlatform(left: string, right: string): boolean {
  const [leftSystem, leftArchitecture, leftVariant] = left.split('/');
  const [rightSystem, rightArchitecture, rightVariant] = right.split('/');
  return (
    leftSystem === rightSystem &&
    leftArchitecture === rightArchitecture &&
    (!leftVariant || !rightVariant || leftVariant === rightVariant)
  );
}

function namesSameReference(
  facts: RunningSubject,
  scan: DescribedContent,
): boolean {
  const parsed = parseImageReference(facts.image.imageRef);
  const artifact = scan.detail?.artifact;
  return (
    parsed.ok &&
    artifact?.repository === parsed.reference.repository &&
    artifact.tag === parsed.reference.tag
  );
}
