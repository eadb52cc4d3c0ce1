import { isAtLeastAsSevere } from '../severityRank';
import { MergedFinding } from './mergeFindings';
import { packageIdentityOf } from './packageIdentity';

/**
 * Adds to what the portal found out itself what was claimed by others (L9). They are not merged: a claim must not give a
 * finding of our own another name, a later date or a fix state under which it would no longer count. A claim that says
 * nothing worse than what is known stands among the sources of that; any other is a finding of its own.
 */
export function withClaims(
  known: readonly MergedFinding[],
  claimed: readonly MergedFinding[],
): MergedFinding[] {
  const findings = [...known];
  const places = new Map<string, number[]>();
  known.forEach((finding, index) => {
    const place = placeOf(finding);
    places.set(place, [...(places.get(place) ?? []), index]);
  });
  // A claim that names no package may be about any.
  const all = known.map((_, index) => index);
  const indexesOf = (claim: MergedFinding) =>
    claim.packageName === '' ? all : places.get(placeOf(claim)) ?? [];
  for (const claim of claimed) {
    const index = indexesOf(claim).find(each => covers(findings[each], claim));
    if (index === undefined) {
      findings.push(claim);
    } else {
      const { sources } = findings[index];
      findings[index] = {
        ...findings[index],
        sources: [...sources, ...claim.sources],
      };
    }
  }
  return findings;
}

function placeOf(finding: MergedFinding): string {
  return packageIdentityOf(finding).nameAndVersion;
}

function covers(known: MergedFinding, claim: MergedFinding): boolean {
  const ids = idsOf(known);
  return (
    idsOf(claim).some(id => ids.includes(id)) &&
    isAtLeastAsSevere(known.severity, claim.severity) &&
    (Boolean(known.fixedVersion) || !claim.fixedVersion)
  );
}

function idsOf({ id, aliases = [] }: MergedFinding): string[] {
  return [id, ...aliases];
}
