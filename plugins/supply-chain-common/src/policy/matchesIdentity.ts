import { Signer } from '../model/signature';
import { matchesTextPattern } from './textPattern';
import { IdentityPattern } from './types';

/**
 * Whether the identity of a certificate is the one a trust root accepts (L15): issuer, subject and every extension
 * that is asked for. An extension the certificate does not carry never matches.
 *
 * @public
 */
export function matchesIdentity(
  pattern: IdentityPattern,
  signer: Extract<Signer, { type: 'identity' }>,
): boolean {
  return (
    matchesIssuer(pattern.issuer, signer.issuer) &&
    matchesTextPattern(pattern.subject, signer.subject) &&
    Object.entries(pattern.extensions ?? {}).every(
      ([name, value]) =>
        Object.hasOwn(signer.extensions, name) &&
        matchesTextPattern(value, signer.extensions[name]),
    )
  );
}

function matchesIssuer(
  pattern: IdentityPattern['issuer'],
  issuer: string | undefined,
): boolean {
  // `none` is for certificates without an issuer and for nothing else (L15).
  return pattern === 'none'
    ? issuer === undefined
    : issuer !== undefined && matchesTextPattern(pattern, issuer);
}
