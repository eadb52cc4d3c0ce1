import { derBits, derBoolean, derInteger, derOid, derSequence } from './der';
import { CertificateExtension } from './issueCertificate';

/** Bits of the key usage extension: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3 */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/**
 * A use of a key.
 * @public
 */
export type KeyUsage = (typeof KEY_USAGES)[number];

/**
 * Purposes of certificates by name.
 * @public
 */
export const KEY_PURPOSES = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const;

/** @public */
export function basicConstraints(
  isAuthority: boolean,
  pathLength?: number,
): CertificateExtension {
  return {
    oid: '2.5.29.19',
    critical: true,
    value: derSequence(
      ...(isAuthority ? [derBoolean(true)] : []),
      ...(pathLength === undefined ? [] : [derInteger(pathLength)]),
    ),
  };
}

/** @public */
export function keyUsage(
  usages: KeyUsage[],
  critical = true,
): CertificateExtension {
  const highest = Math.max(0, ...usages.map(use => KEY_USAGES.indexOf(use)));
  const bytes = Buffer.alloc(Math.floor(highest / 8) + 1);
  usages.forEach(use => {
    const bit = KEY_USAGES.indexOf(use);
    bytes[Math.floor(bit / 8)] |= 0x80 >> bit % 8;
  });
  return {
    oid: '2.5.29.15',
    critical,
    value: derBits(bytes, 7 - (highest % 8)),
  };
}

/** @public */
export function extendedKeyUsage(
  purposes: string[],
  critical = false,
): CertificateExtension {
  return {
    oid: '2.5.29.37',
    critical,
    value: derSequence(...purposes.map(derOid)),
  };
}

/**
 * What a certificate authority carries.
 * @public
 */
export function authorityExtensions(
  pathLength?: number,
): CertificateExtension[] {
  return [basicConstraints(true, pathLength), keyUsage(['keyCertSign'])];
}

/**
 * What a certificate that signs images carries.
 * @public
 */
export function codeSigningExtensions(): CertificateExtension[] {
  return [
    keyUsage(['digitalSignature']),
    extendedKeyUsage([KEY_PURPOSES.codeSigning]),
  ];
}

/**
 * What the certificate of a timestamp authority carries.
 * @public
 */
export function timestampingExtensions(): CertificateExtension[] {
  return [
    keyUsage(['digitalSignature']),
    extendedKeyUsage([KEY_PURPOSES.timeStamping], true),
  ];
}
