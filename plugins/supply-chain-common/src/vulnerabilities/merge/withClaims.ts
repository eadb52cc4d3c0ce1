import { VulnerabilityFinding } from '../../model/vulnerability';
import { worstSeverity } from '../severityRank';
import { CVE } from './AliasGroups';
import { severityReasonOf } from './findingSources';
import { MergedFinding } from './mergeFindings';
import {
  PackageIdentity,
  packageIdentityOf,
  placesOf,
} from './packageIdentity';

/** A finding of our own where it is, with what was claimed of it so far. */
type Known = PackageIdentity & { finding: MergedFinding };

/**
 * Adds to what the portal found out itself what was claimed by others (L9). A claim about a finding of our own stands
 * among its sources, so that it counts once, and can only make it worse: by a higher severity, and by a fix where ours
 * has none. Another name, a date or a fix state under which ours would no longer count it cannot give. What ours does not
 * have, or cannot tell while the claim can, is a finding of its own.
 */
export function withClaims(
  known: readonly MergedFinding[],
  claimed: readonly MergedFinding[],
): MergedFinding[] {
  const own: Known[] = known.map(finding => ({
    ...packageIdentityOf(finding),
    finding,
  }));
  const buckets = new Map<string, Known[]>();
  for (const each of own) {
    const bucket = buckets.get(each.bucket);
    if (bucket) {
      bucket.push(each);
    } else {
      buckets.set(each.bucket, [each]);
    }
  }
  const others = claimed.filter(claim => {
    const identity = packageIdentityOf(claim);
    // A claim that names no package may be about any.
    const isAnywhere = claim.packageName === '';
    const about = (
      isAnywhere ? own : buckets.get(identity.bucket) ?? []
    ).filter(each => isSameVulnerability(each.finding, claim));
    const homes = isAnywhere ? about : placesOf(identity, about);
    const raisable = homes.filter(each => hidesNothing(each.finding, claim));
    for (const home of raisable) {
      home.finding = raised(home.finding, claim);
    }
    return raisable.length === 0 || raisable.length < homes.length;
  });
  return [...own.map(({ finding }) => finding), ...others];
}

/** Two CVEs are two vulnerabilities, whatever aliases are claimed. */
function isSameVulnerability(
  known: MergedFinding,
  claim: MergedFinding,
): boolean {
  if (known.id === claim.id) {
    return true;
  }
  if (!known.aliases && !claim.aliases) {
    return false;
  }
  const ids = idsOf(known);
  return (
    !(CVE.test(known.id) && CVE.test(claim.id)) &&
    idsOf(claim).some(id => ids.includes(id))
  );
}

function idsOf({ id, aliases = [] }: MergedFinding): string[] {
  return [id, ...aliases];
}

/**
 * Whether a claim leaves it open what ours cannot tell. To say "medium" of what nobody rates, or "fixed tomorrow" of what
 * may have a fix since long, would make a pass or a warning of what is unknown.
 */
function hidesNothing(known: MergedFinding, claim: MergedFinding): boolean {
  return (
    (known.severity !== 'unknown' ||
      ['unknown', 'critical'].includes(claim.severity)) &&
    (!claim.fixedVersion || !isFixOpen(known))
  );
}

function isFixOpen({
  fixedVersion,
  fixState,
}: Pick<VulnerabilityFinding, 'fixedVersion' | 'fixState'>): boolean {
  return !fixedVersion && (fixState === 'unknown' || fixState === 'fixed');
}

function raised(known: MergedFinding, claim: MergedFinding): MergedFinding {
  const { severitySource: _, ...rest } = known;
  const severity = worstSeverity([known.severity, claim.severity])!;
  const sources = [...known.sources, ...claim.sources];
  const severitySource = severityReasonOf({
    severity,
    sources,
  })?.severitySource;
  const addsFix = !known.fixedVersion && claim.fixedVersion !== undefined;
  return {
    ...rest,
    severity,
    ...(severitySource && { severitySource }),
    ...(addsFix && { fixedVersion: claim.fixedVersion, fixState: 'fixed' }),
    sources,
  };
}
