import { generateKeyPairSync } from 'node:crypto';
import {
  authorityExtensions,
  basicConstraints,
  createTimestampToken,
  extendedKeyUsage,
  IssuedCertificate,
  KEY_PURPOSES,
  keyUsage,
  TimestampAttribute,
  timestampingExtensions,
  TimestampTokenOptions,
} from 'sandbox';
import {
  certificate,
  CertificateOptions,
  inDays,
  rootCertificate,
  SIGNED_AT,
} from '../../__testUtils__/signing';
import { Certificate } from '../x509/Certificate';
import { verifyTimestamp } from './verifyTimestamp';

const STAMPED = Buffer.from('a signature');
const root = rootCertificate({ name: 'timestamp root' });
const signerWith = (options: CertificateOptions = {}) =>
  certificate(timestampingExtensions(), { issuer: root, ...options });
const signer = signerWith();

function stamp(options: Partial<TimestampTokenOptions> = {}): Buffer {
  return createTimestampToken({
    stamped: STAMPED,
    time: SIGNED_AT,
    signer,
    ...options,
  });
}

function verify(token: Buffer, roots: IssuedCertificate[] = [root]) {
  return verifyTimestamp({
    token,
    stamped: STAMPED,
    roots: roots.map(({ der }) => Certificate.read(der)),
  });
}

const refused = expect.objectContaining({ reason: 'timestampInvalid' });

/** Puts another value in place of that of the attribute whose type ends so. */
function withValue(typeEnd: string, hex: string) {
  return (attributes: TimestampAttribute[]): TimestampAttribute[] =>
    attributes.map(({ oid, value }) => ({
      oid,
      value: oid.endsWith(typeEnd) ? Buffer.from(hex, 'hex') : value,
    }));
}

/** Changes bytes of a token where they stand. */
function replaced(token: Buffer, from: string, to: string): Buffer {
  const hex = token.toString('hex');
  expect(hex).toContain(from);
  return Buffer.from(hex.replace(from, to), 'hex');
}

describe('verifyTimestamp', () => {
  it('gives the time', () => {
    expect(verify(stamp())).toEqual({
      from: SIGNED_AT,
      time: SIGNED_AT,
      to: SIGNED_AT,
    });
  });

  it.each<[string, Partial<TimestampTokenOptions>, number]>([
    ['seconds', { accuracy: { seconds: 2 } }, 2000],
    ['smaller parts, rounded up', { accuracy: { millis: 3, micros: 1 } }, 4],
    ['all of them', { accuracy: { seconds: 1, millis: 1, micros: 999 } }, 1002],
    ['the policy it keeps', { policy: '0.4.0.2023.1.1' }, 1000],
    [
      'itself rather than by its policy',
      { policy: '0.4.0.2023.1.1', accuracy: { seconds: 3 } },
      3000,
    ],
  ])(
    'gives a period as long as the authority is off by %s',
    (_by, options, accuracyMs) => {
      const { from, to } = verify(stamp(options));
      expect(SIGNED_AT.getTime() - from.getTime()).toBe(accuracyMs);
      expect(to.getTime() - SIGNED_AT.getTime()).toBe(accuracyMs);
    },
  );

  it.each([
    ['SHA-256', '2.16.840.1.101.3.4.2.1'],
    ['SHA-384', '2.16.840.1.101.3.4.2.2'],
  ])('accepts a certificate that is named by %s', (_name, oid) => {
    expect(verify(stamp({ certificateHashAlgorithm: oid })).time).toEqual(
      SIGNED_AT,
    );
  });

  it('accepts RSA', () => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(verify(stamp({ signer: signerWith({ keys }) })).time).toEqual(
      SIGNED_AT,
    );
  });

  it('finds the way to the root among certificates in any order', () => {
    const middle = certificate(authorityExtensions(), {
      issuer: root,
      name: 'middle',
    });
    const deadEnd = certificate(authorityExtensions(), {
      issuer: rootCertificate({ name: 'elsewhere' }),
      name: 'middle',
      keys: middle,
    });
    const own = signerWith({ issuer: middle });
    const certificates = [root, deadEnd, middle, own];
    expect(verify(stamp({ signer: own, certificates })).time).toEqual(
      SIGNED_AT,
    );
    expect(() => verify(stamp({ signer: own, certificates: [own] }))).toThrow(
      refused as never,
    );
  });

  it.each<[string, () => Buffer]>([
    ['it is about other bytes', () => stamp({ stamped: Buffer.from('other') })],
    ['its certificate is not in it', () => stamp({ certificates: [root] })],
    [
      'it names another certificate than the one that signed',
      () => stamp({ statedSigner: root }),
    ],
    [
      'its certificate ended before',
      () =>
        stamp({
          signer: signerWith({ notBefore: inDays(-9), notAfter: inDays(-8) }),
        }),
    ],
    [
      'its certificate began later',
      () => stamp({ signer: signerWith({ notBefore: inDays(1) }) }),
    ],
    [
      'nobody issued its certificate',
      () => stamp({ signer: certificate(timestampingExtensions()) }),
    ],
    [
      'its certificate is for signing code',
      () =>
        stamp({
          signer: signerWith({
            extensions: [
              keyUsage(['digitalSignature']),
              extendedKeyUsage([KEY_PURPOSES.codeSigning], true),
            ],
          }),
        }),
    ],
    [
      'its certificate is for other things as well',
      () =>
        stamp({
          signer: signerWith({
            extensions: [
              keyUsage(['digitalSignature']),
              extendedKeyUsage(
                [KEY_PURPOSES.timeStamping, KEY_PURPOSES.codeSigning],
                true,
              ),
            ],
          }),
        }),
    ],
    [
      'its purpose is not critical',
      () =>
        stamp({
          signer: signerWith({
            extensions: [
              keyUsage(['digitalSignature']),
              extendedKeyUsage([KEY_PURPOSES.timeStamping]),
            ],
          }),
        }),
    ],
    [
      'its certificate has no purpose',
      () =>
        stamp({
          signer: signerWith({ extensions: [keyUsage(['digitalSignature'])] }),
        }),
    ],
    [
      'its certificate is an authority',
      () =>
        stamp({
          signer: signerWith({
            extensions: [...timestampingExtensions(), basicConstraints(true)],
          }),
        }),
    ],
    [
      'its certificate carries something critical that is not known',
      () =>
        stamp({
          signer: signerWith({
            extensions: [
              ...timestampingExtensions(),
              { oid: '2.5.29.30', critical: true, value: Buffer.from([5, 0]) },
            ],
          }),
        }),
    ],
    [
      'its key is too weak',
      () =>
        stamp({
          signer: signerWith({
            keys: generateKeyPairSync('rsa', { modulusLength: 1024 }),
          }),
        }),
    ],
    [
      'it holds more certificates than are read',
      () => stamp({ certificates: Array.from({ length: 17 }, () => signer) }),
    ],
    ['it is no token', () => Buffer.from([0x30, 0x00])],
    ['it is not even DER', () => Buffer.from('token')],
    ['it is larger than any token', () => Buffer.alloc(65 * 1024, 0x30)],
    [
      'it goes on after its end',
      () => Buffer.concat([stamp(), Buffer.from([0])]),
    ],
    // id-signedData 1.2.840.113549.1.7.2 becomes id-data
    [
      'it holds no signed data',
      () => replaced(stamp(), '2a864886f70d010702', '2a864886f70d010701'),
    ],
    // id-ct-TSTInfo becomes another content
    [
      'it holds no timestamp',
      () =>
        replaced(stamp(), '2a864886f70d0109100104', '2a864886f70d0109100105'),
    ],
    // id-messageDigest, id-contentType and id-aa-signingCertificateV2 become other attributes
    [
      'it signed no digest',
      () => replaced(stamp(), '2a864886f70d010904', '2a864886f70d01090f'),
    ],
    [
      'it signed no type',
      () => replaced(stamp(), '2a864886f70d010903', '2a864886f70d01090f'),
    ],
    [
      'it signed no certificate',
      () =>
        replaced(stamp(), '2a864886f70d010910022f', '2a864886f70d010910022e'),
    ],
    [
      // ecdsa-with-SHA256 becomes ecdsa-with-SHA384
      'its signature is of another kind than its digest',
      () => lastReplaced(stamp(), '2a8648ce3d040302', '2a8648ce3d040303'),
    ],
    [
      'its imprint is of a weak kind',
      () => stamp({ imprintAlgorithm: '1.3.14.3.2.26' }),
    ],
    [
      'it was signed as something else',
      () =>
        stamp({
          changeAttributes: withValue('.9.3', '06092a864886f70d010701'),
        }),
    ],
    [
      'another timestamp was signed',
      () =>
        stamp({
          changeAttributes: withValue('.9.4', `0420${'00'.repeat(32)}`),
        }),
    ],
    [
      'it names no certificate',
      () => stamp({ changeAttributes: withValue('.2.47', '30023000') }),
    ],
    [
      'its digest is no bytes',
      () => stamp({ changeAttributes: withValue('.9.4', '3000') }),
    ],
    [
      'it names its certificate in a weak way',
      () => stamp({ certificateHashAlgorithm: '1.3.14.3.2.26' }),
    ],
    ['it is of another version', () => stamp({ version: 2 })],
    [
      'it carries something critical',
      () => stamp({ criticalExtension: '1.2.3.4' }),
    ],
    ['it was signed twice', () => stamp({ signatures: 2 })],
    ['it names its signer by a key', () => stamp({ signerByKey: true })],
  ])('refuses it when %s', (_condition, token) => {
    expect(() => verify(token())).toThrow(refused as never);
  });

  it.each<[string, CertificateOptions]>([
    [
      'is for other purposes',
      {
        extensions: [
          ...authorityExtensions(),
          extendedKeyUsage([KEY_PURPOSES.codeSigning]),
        ],
      },
    ],
    [
      'may not issue certificates',
      { extensions: [basicConstraints(true), keyUsage(['cRLSign'])] },
    ],
    [
      'is not critically an authority',
      {
        extensions: [
          { ...basicConstraints(true), critical: false },
          keyUsage(['keyCertSign']),
        ],
      },
    ],
    ['had ended', { notBefore: inDays(-9), notAfter: inDays(-8) }],
  ])('refuses it when an authority behind it %s', (_what, options) => {
    const other = rootCertificate(options);
    const own = signerWith({ issuer: other });
    expect(() => verify(stamp({ signer: own }), [other])).toThrow(
      refused as never,
    );
  });

  it('accepts an authority that is for timestamps, or for anything', () => {
    for (const purpose of [KEY_PURPOSES.timeStamping, '2.5.29.37.0']) {
      const other = rootCertificate({
        extensions: [...authorityExtensions(), extendedKeyUsage([purpose])],
      });
      const own = signerWith({ issuer: other });
      expect(verify(stamp({ signer: own }), [other]).time).toEqual(SIGNED_AT);
    }
  });

  it('refuses it when one byte of the signature is another', () => {
    const token = stamp();
    token[token.length - 1] = 255 - token[token.length - 1];
    expect(() => verify(token)).toThrow(refused as never);
  });
});

/** Changes the last place where bytes stand. */
function lastReplaced(token: Buffer, from: string, to: string): Buffer {
  const hex = token.toString('hex');
  const at = hex.lastIndexOf(from);
  expect(at).toBeGreaterThan(0);
  return Buffer.from(
    `${hex.slice(0, at)}${to}${hex.slice(at + to.length)}`,
    'hex',
  );
}
