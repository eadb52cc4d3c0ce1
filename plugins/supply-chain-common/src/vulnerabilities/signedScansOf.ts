import { EvidenceOf } from '../model/evidence';
import {
  signedStatementsOf,
  SignedStatementOptions,
} from './signedStatementsOf';

/**
 * The scans among the attestations of an image that one of some trust roots accounts for (L9). Each is of the digest
 * its signed statement names, whatever the report in it says.
 */
export function signedScansOf(
  options: SignedStatementOptions,
): EvidenceOf<'vulnerabilities'>[] {
  return signedStatementsOf(options).flatMap(
    ({ content, covers, provenance, by, expiresAt }) =>
      content.type === 'vulnerabilityScan' && content.scan
        ? [
            {
              subject: { type: 'content', digest: covers },
              collector: provenance.collector,
              kind: 'vulnerabilities',
              status: 'present',
              observedAt: provenance.observedAt,
              trust: 'signed',
              ...(by && { uploadedBy: by }),
              ...(expiresAt && { expiresAt }),
              detail: { ...content.scan, artifact: { digest: covers } },
            },
          ]
        : [],
  );
}
