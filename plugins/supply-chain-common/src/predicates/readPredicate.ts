import { z } from 'zod';
import { BuildClaims, PredicateContent } from '../model/provenance';
import { readProvenanceV01, readProvenanceV02 } from './readProvenanceV02';
import { readProvenanceV1 } from './readProvenanceV1';
import { readCosignScan, readInTotoScan } from './readVulnerabilityScan';
import { readVerificationSummary } from './readVerificationSummary';
import { isVexPredicate, readVex } from './readVex';

/**
 * Reads what the predicate of an in-toto statement says: SLSA provenance v0.1, v0.2 and v1, verification
 * summaries, vulnerability scans and OpenVEX; every other type is known by its name only.
 *
 * @param predicate - The JSON value, hostile. Unknown fields are skipped, texts and lists bounded.
 * @returns `unreadable` when the body has not the form of its type. Never throws.
 *
 * @public
 */
export function readPredicate(
  predicateType: string,
  predicate: unknown,
): PredicateContent {
  switch (predicateType) {
    case 'https://slsa.dev/provenance/v1':
      return provenance('1', readProvenanceV1(predicate));
    case 'https://slsa.dev/provenance/v0.2':
      return provenance('0.2', readProvenanceV02(predicate));
    case 'https://slsa.dev/provenance/v0.1':
      return provenance('0.1', readProvenanceV01(predicate));
    case 'https://slsa.dev/verification_summary/v1': {
      const read = readVerificationSummary(predicate);
      return read.success
        ? { type: 'verificationSummary', summary: read.data }
        : unreadable(read.error);
    }
    case 'https://cosign.sigstore.dev/attestation/vuln/v1':
      return readCosignScan(predicate);
    case 'https://in-toto.io/attestation/vulns/v0.1':
    case 'https://in-toto.io/attestation/vulns/v0.2':
      return readInTotoScan(predicate);
    default:
      return isVexPredicate(predicateType)
        ? readVex(predicate)
        : { type: 'other' };
  }
}

function provenance(
  version: '0.1' | '0.2' | '1',
  read: z.SafeParseReturnType<unknown, BuildClaims>,
): PredicateContent {
  return read.success
    ? { type: 'slsaProvenance', version, claims: read.data }
    : unreadable(read.error);
}

function unreadable({ issues: [first] }: z.ZodError): PredicateContent {
  const path = first.path.join('.');
  return {
    type: 'unreadable',
    message: path ? `${path}: ${first.message}` : first.message,
  };
}
