import { KeyObject, randomBytes, sign } from 'node:crypto';
import { der, generalizedTime, objectId, sequence } from './derWriter';

/**
 * What a certificate of a root key says. Without an issuer it is signed by its own key, as `notary init` does it.
 * @public
 */
export interface NotaryCertificateOptions {
  commonName: string;
  publicKey: KeyObject;
  issuer: { commonName: string; privateKey: KeyObject };
  notBefore: Date;
  notAfter: Date;
  /** @defaultValue false */
  isAuthority?: boolean;
  /** Authorities that may stand between this one and a leaf. */
  pathLength?: number;
  /** Object identifier of the only extended key usage. */
  extendedKeyUsage?: string;
}

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TRUE = Buffer.from([0x01, 0x01, 0xff]);

/**
 * Makes a certificate (X.509 version 3) in PEM.
 * @public
 */
export function createNotaryCertificate(
  options: NotaryCertificateOptions,
): string {
  const { commonName, publicKey, issuer, notBefore, notAfter } = options;
  const algorithm = signatureAlgorithmOf(issuer.privateKey);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    nameOf(issuer.commonName),
    sequence(generalizedTime(notBefore), generalizedTime(notAfter)),
    nameOf(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensionsOf(options))),
  );
  const signature = sign('sha256', body, issuer.privateKey);
  return toPem(
    sequence(body, algorithm, der(0x03, Buffer.from([0]), signature)),
  );
}

function signatureAlgorithmOf(key: KeyObject): Buffer {
  return key.asymmetricKeyType === 'rsa'
    ? sequence(objectId('1.2.840.113549.1.1.11'), der(0x05))
    : sequence(objectId('1.2.840.10045.4.3.2'));
}

function nameOf(commonName: string): Buffer {
  const value = der(0x0c, Buffer.from(commonName, 'utf8'));
  return sequence(der(0x31, sequence(objectId('2.5.4.3'), value)));
}

function extensionsOf(options: NotaryCertificateOptions): Buffer[] {
  const { isAuthority = false, pathLength, extendedKeyUsage } = options;
  // digitalSignature, or keyCertSign and cRLSign
  const usage = isAuthority ? [0x01, 0x06] : [0x07, 0x80];
  const limit =
    pathLength === undefined
      ? Buffer.alloc(0)
      : der(0x02, Buffer.from([pathLength]));
  return [
    extension(KEY_USAGE, der(0x03, Buffer.from(usage))),
    extension(
      BASIC_CONSTRAINTS,
      isAuthority ? sequence(TRUE, limit) : sequence(),
    ),
    ...(extendedKeyUsage
      ? [extension(EXTENDED_KEY_USAGE, sequence(objectId(extendedKeyUsage)))]
      : []),
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), TRUE, der(0x04, value));
}

function toPem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join(
    '\n',
  )}\n-----END CERTIFICATE-----\n`;
}
