import { Refused } from '../Refused';
import { Certificate } from './Certificate';
import { checkAuthority, checkSigningLeaf } from './certificateProfiles';

/**
 * Checks the chain of an envelope by itself, before anybody is asked whether its root is trusted: each certificate
 * issued by the next one, the last by itself, nothing beside them.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#certificate-requirements
 *
 * @throws Refused
 */
export function checkSigningChain(chain: Certificate[]): void {
  chain.forEach((certificate, index) => {
    const issuer = chain[index + 1];
    if (!certificate.isIssuedBy(issuer ?? certificate)) {
      throw new Refused('certificateInvalid', 'the chain does not hold');
    }
    if (issuer && certificate.isSelfSigned) {
      throw new Refused('certificateInvalid', 'the chain ends in its middle');
    }
    if (index > 0) {
      checkAuthority(certificate, index - 1);
    }
  });
  checkSigningLeaf(chain[0]);
}
