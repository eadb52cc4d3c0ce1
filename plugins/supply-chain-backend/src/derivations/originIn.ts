import { EvidenceOf } from 'backstage-plugin-supply-chain-common';
import { StoredEvidence } from '../stores/EvidenceStore';

/** The registry facts among what was found out about a subject. */
export function originIn(
  stored: readonly StoredEvidence[],
): EvidenceOf<'origin'> | undefined {
  return stored
    .map(each => each.evidence)
    .find((each): each is EvidenceOf<'origin'> => each.kind === 'origin');
}
