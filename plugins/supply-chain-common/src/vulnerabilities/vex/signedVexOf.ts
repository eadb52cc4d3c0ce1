import { EvidenceOf } from '../../model/evidence';
import { PolicyFacts } from '../../policy/types';
import {
  signedStatementsOf,
  SignedStatementOptions,
} from '../signedStatementsOf';

/** The VEX documents among the attestations of an image that one of some trust roots accounts for (L9). */
export function signedVexOf(
  options: SignedStatementOptions & { facts: Pick<PolicyFacts, 'image'> },
): EvidenceOf<'vex'>[] {
  const { repository } = options.facts.image;
  return repository === undefined
    ? []
    : signedStatementsOf(options).flatMap(
        ({ content, covers, provenance, by, expiresAt }) =>
          content.type === 'vex' && content.document
            ? [
                {
                  subject: { type: 'image', repository, digest: covers },
                  collector: provenance.collector,
                  kind: 'vex',
                  status: 'present',
                  observedAt: provenance.observedAt,
                  trust: 'signed',
                  ...(by && { uploadedBy: by }),
                  ...(expiresAt && { expiresAt }),
                  detail: content.document,
                },
              ]
            : [],
      );
}
