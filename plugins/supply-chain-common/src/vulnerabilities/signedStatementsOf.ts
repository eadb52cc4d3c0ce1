import { Digest } from '../model/digest';
import { EvidenceOf } from '../model/evidence';
import { PredicateContent } from '../model/provenance';
import { TrustCheck } from '../model/signature';
import { earliestInstant } from '../policy/earliestInstant';
import {
  checkAtInstant,
  checkChangesAt,
} from '../policy/signatures/keyPeriods';
import { signerText } from '../policy/signatures/signerText';
import { PolicyFacts, TrustRoot } from '../policy/types';

/** An attestation that a trust root accounts for. */
export type SignedStatement = {
  content: PredicateContent;
  /** What its signed statement covers, whatever its content says. */
  covers: Digest;
  provenance: EvidenceOf<'provenance'>;
  /** Who signed it. */
  by?: string;
  /** RFC 3339: until when it stands. */
  expiresAt?: string;
};

/** Whose attestations count, and when. */
export type SignedStatementOptions = {
  facts: Pick<PolicyFacts, 'provenance'>;
  roots: readonly TrustRoot[];
  now: Date;
};

/**
 * The attestations of an image that one of some trust roots accounts for (L9). Any root suffices, as for provenance.
 */
export function signedStatementsOf(
  options: SignedStatementOptions,
): SignedStatement[] {
  const { facts, now } = options;
  const { provenance } = facts;
  // L6: an earlier result stands until its end and no longer.
  if (
    !provenance?.detail ||
    (provenance.expiresAt !== undefined &&
      now >= new Date(provenance.expiresAt))
  ) {
    return [];
  }
  return provenance.detail.statements.flatMap(
    ({ content, signed, covers, checks }): SignedStatement[] => {
      const verified = signed ? verifiedBy(checks, options) : undefined;
      if (!verified || covers === undefined) {
        return [];
      }
      const { check, root } = verified;
      const expiresAt = earliestInstant([
        provenance.expiresAt,
        checkChangesAt(check, root),
      ]);
      return [
        {
          content,
          covers,
          provenance,
          ...(check.signer && { by: signerText(check.signer) }),
          ...(expiresAt && { expiresAt }),
        },
      ];
    },
  );
}

function verifiedBy(
  checks: readonly TrustCheck[],
  { roots, now }: SignedStatementOptions,
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
