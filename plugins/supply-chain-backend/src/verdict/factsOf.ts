import {
  EntityFacts,
  EvidenceOf,
  PlaceLook,
  PolicyFacts,
  TrustCheck,
  TrustRoot,
  attestedScansOf,
  clocksOfFindings,
  imageFacts,
} from 'backstage-plugin-supply-chain-common';
import { uploadsByKind } from '../derivations/uploadsByKind';
import { exploitedFactsOf } from '../derivations/exploitedFactsOf';
import { originIn } from '../derivations/originIn';
import { StoredEvidence } from '../stores/EvidenceStore';
import { FactsInput } from '../stores/VerdictStore';

/** Options of {@link factsOf}. */
export type FactsOptions = {
  input: FactsInput;
  /** `null`: the workload belongs to no entity. */
  entity: EntityFacts | null;
  trustRoots: TrustRoot[];
};

/** The facts policies are evaluated on, from what is stored. */
export function factsOf(options: FactsOptions): PolicyFacts {
  const { input, entity, trustRoots } = options;
  const { image, evidence, clocks, scanner } = input;
  // L9: what was handed in for one entity says nothing of the same image elsewhere.
  const uploads = input.uploads.filter(
    ({ scope }) => scope !== undefined && scope.entityRef === entity?.ref,
  );
  const { scans: handedIn, vex } = uploadsByKind(uploads);
  const scans = [...input.scans, ...handedIn];
  const origin = originIn(evidence);
  const [provenance] = evidence.flatMap(each => provenanceOf(each, trustRoots));
  const details = [
    ...scans.map(({ detail }) => detail),
    ...attestedScansOf(provenance),
  ];
  return {
    ...imageFacts(image),
    entity,
    ...(origin && { origin }),
    signatures: evidence.flatMap(each => signatureOf(each, trustRoots)),
    ...(provenance && { provenance }),
    scans,
    ...(vex.length > 0 && { vex }),
    ...(scanner && { scanner }),
    vulnerabilityClocks: clocksOfFindings(
      details.flatMap(scan => (scan ? [scan.findings] : [])),
      clocks,
    ),
    ...exploitedFactsOf(input.catalogue, { scans, provenance }),
  };
}

/**
 * The signatures as far as they were checked against the trust roots that hold now. A key that was taken out of a root
 * must not vouch for another minute: checks against a root that changed are left out, and until the next look the
 * evidence counts as not read to its end (L10).
 */
function signatureOf(
  stored: StoredEvidence,
  trustRoots: TrustRoot[],
): EvidenceOf<'signature'>[] {
  const { evidence } = stored;
  if (evidence.kind !== 'signature') {
    return [];
  }
  const { detail } = evidence;
  return detail && isOutdated(stored, trustRoots)
    ? [{ ...evidence, detail: asStillChecked(detail, stored, trustRoots) }]
    : [evidence];
}

/** The same for what vouches for a build. */
function provenanceOf(
  stored: StoredEvidence,
  trustRoots: TrustRoot[],
): EvidenceOf<'provenance'>[] {
  const { evidence } = stored;
  if (evidence.kind !== 'provenance') {
    return [];
  }
  const { detail } = evidence;
  return detail && isOutdated(stored, trustRoots)
    ? [{ ...evidence, detail: asStillChecked(detail, stored, trustRoots) }]
    : [evidence];
}

function isOutdated({ trust }: StoredEvidence, trustRoots: TrustRoot[]) {
  return trustRoots.some(root => trust[root.name] !== root.digest);
}

function asStillChecked<
  T extends { statements: { checks: TrustCheck[] }[]; trail: PlaceLook[] },
>(detail: T, { trust }: StoredEvidence, trustRoots: TrustRoot[]): T {
  const current = new Map(trustRoots.map(root => [root.name, root.digest]));
  return {
    ...detail,
    statements: detail.statements.map(statement => ({
      ...statement,
      checks: statement.checks.filter(
        check => trust[check.trustRoot] === current.get(check.trustRoot),
      ),
    })),
    trail: detail.trail.map(look => ({
      ...look,
      complete: false,
      reason: 'notCollectedYet' as const,
    })),
  };
}
