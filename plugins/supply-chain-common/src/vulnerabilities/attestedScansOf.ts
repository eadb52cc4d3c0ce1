import { EvidenceOf } from '../model/evidence';
import { AttestedScan } from '../model/provenance';

/**
 * Every scan that came with an image as an attestation and can be read, whoever signed it.
 *
 * @public
 */
export function attestedScansOf(
  provenance: EvidenceOf<'provenance'> | undefined,
): AttestedScan[] {
  return (provenance?.detail?.statements ?? []).flatMap(({ content }) =>
    content.type === 'vulnerabilityScan' ? content.scan ?? [] : [],
  );
}
