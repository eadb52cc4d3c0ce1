import { ProvenanceStatement } from '../../model/provenance';
import { TrustCheck } from '../../model/signature';
import type { BuildFacts } from './buildFacts';
import type { BuildLevelResult } from './buildLevelOf';

/** What is left of a statement whose signature is missing or not accepted: a claim at most. */
export function refusedCheck(
  statement: ProvenanceStatement,
  check: TrustCheck | undefined,
  claimed: 0 | 1,
  facts: BuildFacts,
): BuildLevelResult | undefined {
  if (!statement.signed || !check) {
    return {
      status: 'claimed',
      level: claimed,
      reasons: ['provenanceUnsigned'],
      facts,
    };
  }
  const because = check.reason ? [check.reason] : [];
  switch (check.status) {
    case 'verified':
      return undefined;
    case 'untrustedSigner':
      return {
        status: 'untrustedSigner',
        level: claimed,
        reasons: ['provenanceSignerUntrusted', ...because],
        facts,
      };
    case 'unavailable':
      return { status: 'unavailable', level: 0, reasons: because, facts };
    default:
      return {
        status: 'invalid',
        level: 0,
        reasons: ['provenanceSignatureInvalid', ...because],
        facts,
      };
  }
}
