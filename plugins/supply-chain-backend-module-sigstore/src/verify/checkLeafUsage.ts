import { LeafCertificate } from './LeafCertificate';
import { Refused } from './Refused';

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const FULCIO_ARC = '1.3.6.1.4.1.57264.';

/** Extensions this folder understands, so that they may be critical. */
const UNDERSTOOD = new Set([
  BASIC_CONSTRAINTS,
  KEY_USAGE,
  EXTENDED_KEY_USAGE,
  SUBJECT_ALTERNATIVE_NAME,
  '2.5.29.14', // subject key identifier
  '2.5.29.35', // authority key identifier
  '1.3.6.1.4.1.11129.2.4.2', // signed certificate timestamps
]);

/**
 * Checks that a certificate was made for signing code (RFC 5280, section 4.2). The library does not look: without this
 * a TLS server certificate of a private authority would count as a signer.
 *
 * @throws Refused
 */
export function checkLeafUsage(leaf: LeafCertificate): void {
  const extensions = leaf.extensions.map(({ subs }) => ({
    oid: subs[0].toOID(),
    critical: subs.length === 3 && subs[1].toBoolean(),
  }));
  const names = new Set(extensions.map(({ oid }) => oid));
  if (names.size < extensions.length) {
    throw unsuitable('an extension stands twice');
  }
  const unknown = extensions.find(
    ({ oid, critical }) =>
      critical && !UNDERSTOOD.has(oid) && !oid.startsWith(FULCIO_ARC),
  );
  if (unknown) {
    throw unsuitable(`the critical extension "${unknown.oid}" is not known`);
  }
  if (leaf.extBasicConstraints?.isCA) {
    throw unsuitable('it is a certificate authority');
  }
  if (!leaf.extKeyUsage?.digitalSignature) {
    throw unsuitable('its key usage lacks digitalSignature');
  }
  const purposes =
    leaf
      .extension(EXTENDED_KEY_USAGE)
      ?.valueObj.subs[0]?.subs.map(purpose => purpose.toOID()) ?? [];
  if (!purposes.includes(CODE_SIGNING)) {
    throw unsuitable('its extended key usage lacks codeSigning');
  }
}

function unsuitable(message: string): Refused {
  return new Refused('certificateUnsuitable', message);
}
