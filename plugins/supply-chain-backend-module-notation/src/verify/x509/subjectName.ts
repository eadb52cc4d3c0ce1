import { DistinguishedName } from 'backstage-plugin-supply-chain-common';
import { Refused } from '../Refused';
import { Certificate } from './Certificate';

/** Attributes reference clients know by name: https://www.rfc-editor.org/rfc/rfc4519 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.5', 'SERIALNUMBER'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.17', 'POSTALCODE'],
]);

/**
 * The subject of a certificate as trusted identities are compared with it.
 *
 * @throws Refused when it cannot be compared: an attribute stands twice, or is one that reference clients write as
 * encoded bytes and refuse to read (CVE-2023-25656)
 */
export function readSubject(certificate: Certificate): DistinguishedName {
  const subject = new Map<string, string>();
  for (const { oid, value } of certificate.subjectAttributes) {
    const name = NAMES.get(oid);
    if (name === undefined || value === undefined || value.includes('=#')) {
      throw mismatch(`the subject has the attribute "${oid}"`);
    }
    if (subject.has(name)) {
      throw mismatch(`the subject has "${name}" twice`);
    }
    subject.set(name, value);
  }
  return subject;
}

/** The subject as text, in the order of the certificate; hostile (L32). */
export function subjectText(certificate: Certificate): string {
  return certificate.subjectAttributes
    .map(({ oid, value }) => `${NAMES.get(oid) ?? oid}=${escapeValue(value)}`)
    .join(', ');
}

/** https://www.rfc-editor.org/rfc/rfc4514#section-2.4 */
function escapeValue(value = '?'): string {
  return value.replace(/[\\",+;<>]/g, '\\$&').replace(/^[ #]| $/g, '\\$&');
}

function mismatch(message: string): Refused {
  return new Refused('identityMismatch', message);
}
