import { EvidenceOf } from '../model/evidence';
import { ProvenanceStatement } from '../model/provenance';
import { TrustCheck } from '../model/signature';
import { earliestInstant } from '../policy/earliestInstant';
import {
  checkAtInstant,
  checkChangesAt,
} from '../policy/signatures/keyPeriods';
import { signerText } from '../policy/signatures/signerText';
import { PolicyFacts, TrustRoot } from '../policy/types';

/**
 * The scans among the attestations of an image that one of some trust roots accounts for (L9). Each is of the digest
 * its signed statement names, whatever the report in it says. Any root suffices, as for provenance.
 */
export function signedScansOf(options: {
  facts: Pick<PolicyFacts, 'provenance'>;
  roots: readonly TrustRoot[];
  now: Date;
}): EvidenceOf<'vulnerabilities'>[] {
  const { facts, now } = options;
  const { provenance } = facts;
  // L6: an earlier result stands until its end and no longer.
  return !provenance?.detail ||
    (provenance.expiresAt !== undefined &&
      now >= new Date(provenance.expiresAt))
    ? []
    : provenance.detail.statements.flatMap(
        each => scanOf(each, provenance, options) ?? [],
      );
}

function scanOf(
  { content, signed, covers, checks }: ProvenanceStatement,
  provenance: EvidenceOf<'provenance'>,
  options: { roots: readonly TrustRoot[]; now: Date },
): EvidenceOf<'vulnerabilities'> | undefined {
  if (content.type !== 'vulnerabilityScan' || !content.scan || !signed) {
    return undefined;
  }
  const verified = verifiedBy(checks, options);
  if (!verified || covers === undefined) {
    return undefined;
  }
  const { check, root } = verified;
  const expiresAt = earliestInstant([
    provenance.expiresAt,
    checkChangesAt(check, root),
  ]);
  return {
    subject: { type: 'content', digest: covers },
    collector: provenance.collector,
    kind: 'vulnerabilities',
    status: 'present',
    observedAt: provenance.observedAt,
    trust: 'signed',
    ...(check.signer && { uploadedBy: signerText(check.signer) }),
    ...(expiresAt && { expiresAt }),
    detail: { ...content.scan, artifact: { digest: covers } },
  };
}

function verifiedBy(
  checks: readonly TrustCheck[],
  { roots, now }: { roots: readonly TrustRoot[]; now: Date },
): { check: TrustCheck; root: TrustRoot } | undefined {
  return checks
    .flatMap(check => {
      const root = roots.find(({ name }) => name === check.trustRoot);
      return root
        ? [{ check: checkAtInstant({ check, root, now }), root }]
        : [];
    })
    .find(({ check }) => check.status === 'verified');
}
