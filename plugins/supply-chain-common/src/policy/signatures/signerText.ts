import { Signer } from '../../model/signature';

/**
 * Who signed, as people tell signers apart: the fingerprint of a key, the subject of a certificate.
 *
 * @public
 */
export function signerText(signer: Signer): string {
  return signer.type === 'key' ? signer.fingerprint : signer.subject;
}
