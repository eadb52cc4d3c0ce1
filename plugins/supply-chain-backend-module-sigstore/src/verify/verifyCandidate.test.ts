import * as sandbox from 'sandbox';
import * as x509 from '@peculiar/x509';
import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto';
import { dsse } from '@sigstore/core';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import type { SigstoreTrustRoot } from 'backstage-plugin-supply-chain-node/trust';
import {
  AttackWorld,
  DIGEST,
  ecKeyPair,
  keyedBundle,
  LeafOptions,
  LooseBundle,
  pemOf,
  SUBJECT,
} from '../__testUtils__/AttackWorld';
import { keyRoot, named } from '../__testUtils__/trustRoots';
import { verifyCandidate } from './verifyCandidate';

const HOUR_MS = 60 * 60 * 1000;
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

const digitalSignature = new x509.KeyUsagesExtension(
  x509.KeyUsageFlags.digitalSignature,
  true,
);
const codeSigning = new x509.ExtendedKeyUsageExtension([CODE_SIGNING]);

function utf8String(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return Uint8Array.from([0x0c, bytes.length, ...bytes]);
}

function fulcio(arc: number, value: Uint8Array): x509.Extension {
  return new x509.Extension(`1.3.6.1.4.1.57264.1.${arc}`, false, value);
}

function verifyAll(bundle: LooseBundle, ...trustRoots: SigstoreTrustRoot[]) {
  return verifyCandidate({
    candidate: {
      form: 'bundle',
      bytes: Buffer.from(
        typeof bundle === 'string' ? bundle : JSON.stringify(bundle),
      ),
    },
    about: parseDigest(DIGEST)!,
    trustRoots: named(...trustRoots),
    now: new Date(),
  });
}

/** The status and reason under one trust root. */
function verify(bundle: LooseBundle, trustRoot: SigstoreTrustRoot) {
  const [{ status, reason }] = verifyAll(bundle, trustRoot).checks;
  return reason ? `${status}: ${reason}` : status;
}

describe('verifyCandidate', () => {
  let world: AttackWorld;

  beforeAll(async () => {
    world = await AttackWorld.create();
  });

  describe('with a certificate', () => {
    it('verifies one made for signing code', async () => {
      const bundle = await world.bundle();
      expect(verify(bundle, world.trustRoot())).toBe('verified');
    });

    it.each<[string, LeafOptions, string]>([
      [
        'is made for servers',
        {
          extensions: [
            digitalSignature,
            new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'says nothing of its purpose',
        { extensions: [digitalSignature] },
        'invalid: certificateUnsuitable',
      ],
      [
        'is made for key agreement',
        {
          extensions: [
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyAgreement, true),
            codeSigning,
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'has no key usage',
        { extensions: [codeSigning] },
        'invalid: certificateUnsuitable',
      ],
      [
        'is an authority itself',
        {
          extensions: [
            new x509.BasicConstraintsExtension(true, 0, true),
            digitalSignature,
            codeSigning,
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'has a critical extension nobody knows',
        {
          extensions: [
            digitalSignature,
            codeSigning,
            new x509.Extension('1.2.3.4', true, Uint8Array.from([5, 0])),
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'has one extension twice',
        { extensions: [digitalSignature, codeSigning, codeSigning] },
        'invalid: certificateUnsuitable',
      ],
      [
        'names two subjects, one of them accepted',
        {
          names: [
            { type: 'url', value: SUBJECT },
            { type: 'url', value: 'https://ci.acme.example/other/app' },
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      ['names no subject', { names: [] }, 'invalid: certificateUnsuitable'],
      [
        'names an address',
        { names: [{ type: 'ip', value: '192.0.2.1' }] },
        'invalid: certificateUnsuitable',
      ],
      [
        'names a user of an unknown kind',
        { names: [{ type: 'upn', value: 'somebody' }] },
        'invalid: certificateUnsuitable',
      ],
      [
        'names a subject with a space in it',
        { names: [{ type: 'url', value: `${SUBJECT} x` }] },
        'invalid: certificateUnsuitable',
      ],
      [
        'names a subject that only contains the accepted one',
        { names: [{ type: 'url', value: `${SUBJECT}.evil.example` }] },
        'untrustedSigner: identityMismatch',
      ],
      [
        'has an issuer although none is accepted',
        {
          extensions: [
            digitalSignature,
            codeSigning,
            fulcio(8, utf8String('https://issuer.example')),
          ],
        },
        'untrustedSigner: identityMismatch',
      ],
      [
        'has two issuers that differ',
        {
          extensions: [
            digitalSignature,
            codeSigning,
            fulcio(1, Buffer.from('https://other.example')),
            fulcio(8, utf8String('https://issuer.example')),
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'has an extension that is no text',
        {
          extensions: [
            digitalSignature,
            codeSigning,
            fulcio(12, Uint8Array.from([2, 1, 5])),
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'has no extensions at all',
        { extensions: [], names: [] },
        'invalid: certificateInvalid',
      ],
      [
        'holds a key that cannot sign',
        {
          keyPair: {
            ...ecKeyPair(),
            publicKey: generateKeyPairSync('x25519').publicKey,
          },
        },
        'invalid: unsupportedAlgorithm',
      ],
      [
        'has an extension whose length is written the long way',
        {
          extensions: [
            digitalSignature,
            codeSigning,
            fulcio(12, Uint8Array.from([0x0c, 0x81, 0x01, 0x61])),
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'has an extension with something after the text',
        {
          extensions: [
            digitalSignature,
            codeSigning,
            fulcio(12, Uint8Array.from([...utf8String('a'), 5, 0])),
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'has an extension that turns the reading direction',
        {
          extensions: [
            digitalSignature,
            codeSigning,
            fulcio(12, utf8String('https://\u202egro.elpmaxe')),
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'has an extension that is not UTF-8',
        {
          extensions: [
            digitalSignature,
            codeSigning,
            fulcio(2, Uint8Array.from([0x61, 0xff])),
          ],
        },
        'invalid: certificateUnsuitable',
      ],
      [
        'had ended when it was used',
        { notAfter: new Date(Date.now() - HOUR_MS / 4) },
        'expired: certificateNotValidAtSigning',
      ],
      [
        'had not begun when it was used',
        { notBefore: new Date(Date.now() + HOUR_MS / 4) },
        'expired: certificateNotValidAtSigning',
      ],
      [
        'holds an RSA key of 1024 bits',
        { keyPair: generateKeyPairSync('rsa', { modulusLength: 1024 }) },
        'invalid: keyTooWeak',
      ],
      [
        'holds a key on a curve nobody asked for',
        { keyPair: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }) },
        'invalid: keyTooWeak',
      ],
    ])('refuses one that %s', async (_condition, options, expected) => {
      const bundle = await world.bundle(options);
      expect(verify(bundle, world.trustRoot())).toBe(expected);
    });

    it.each<[string, x509.JsonGeneralNames[number]]>([
      ['an e-mail address', { type: 'email', value: 'ci@acme.example' }],
      ['a host name', { type: 'dns', value: 'ci.acme.example' }],
      ['an address', { type: 'url', value: 'spiffe://acme.example/ci' }],
    ])('of a private authority names %s', async (_kind, name) => {
      const bundle = await world.bundle({ names: [name] });
      const subject = name.value as string;
      const [accepted, refused] = [subject, `other.${subject}`].map(each =>
        verify(
          bundle,
          world.trustRoot({
            identities: [{ issuer: 'none', subject: each }],
          }),
        ),
      );
      expect([accepted, refused]).toEqual([
        'verified',
        'untrustedSigner: identityMismatch',
      ]);
    });

    it('reads a user name as Fulcio writes it', async () => {
      // OtherName with OID 1.3.6.1.4.1.57264.1.7 and a UTF8String.
      const name = Buffer.from('foo!oidc.acme.example.or').toString('hex');
      const der = Buffer.from(
        `302aa028060a2b0601040183bf300107a01a0c18${name}`,
        'hex',
      );
      const bundle = await world.bundle({
        names: [],
        extensions: [
          digitalSignature,
          codeSigning,
          new x509.Extension('2.5.29.17', true, new Uint8Array(der)),
        ],
      });
      const trustRoot = world.trustRoot({
        identities: [{ issuer: 'none', subject: { glob: 'foo!oidc.*' } }],
      });
      const [check] = verifyAll(bundle, trustRoot).checks;
      expect(check).toMatchObject({
        status: 'verified',
        signer: { subject: 'foo!oidc.acme.example.or' },
      });
    });

    it('knows an authority it does not hold', async () => {
      const other = await AttackWorld.create();
      const bundle = await other.bundle();
      expect(verify(bundle, world.trustRoot())).toBe(
        'untrustedSigner: untrustedCertificateAuthority',
      );
    });

    it('refuses an authority that was not valid at that time', async () => {
      const bundle = await world.bundle();
      const trustedRoot = world.trustedRoot(root => {
        root.certificateAuthorities[1].validFor = {
          start: new Date(Date.now() - 3 * HOUR_MS).toISOString(),
          end: new Date(Date.now() - 2 * HOUR_MS).toISOString(),
        };
      });
      expect(verify(bundle, world.trustRoot({ trustedRoot }))).toBe(
        'expired: certificateNotValidAtSigning',
      );
    });

    it('is not accepted where a key is meant', async () => {
      const bundle = await world.bundle();
      const pem = pemOf(ecKeyPair());
      expect(verify(bundle, keyRoot({ pem }))).toBe(
        'untrustedSigner: keyNotInScheme',
      );
    });

    it.each<[string, (bundle: LooseBundle) => void, string]>([
      [
        'no certificate',
        bundle => {
          bundle.verificationMaterial.certificate.rawBytes = 'AAAA';
        },
        'invalid: certificateInvalid',
      ],
      [
        'something after the certificate',
        bundle => {
          const der = Buffer.from(
            bundle.verificationMaterial.certificate.rawBytes,
            'base64',
          );
          bundle.verificationMaterial.certificate.rawBytes = Buffer.concat([
            der,
            Buffer.from('xx'),
          ]).toString('base64');
        },
        'invalid: certificateInvalid',
      ],
      [
        'a certificate whose key nobody can read',
        bundle => {
          const { certificate } = bundle.verificationMaterial;
          const hex = Buffer.from(certificate.rawBytes, 'base64').toString(
            'hex',
          );
          // The object identifier of elliptic curve keys, one off.
          certificate.rawBytes = Buffer.from(
            hex.replace('2a8648ce3d0201', '2a8648ce3d020f'),
            'hex',
          ).toString('base64');
        },
        'invalid: unsupportedAlgorithm',
      ],
      [
        'a key beside the certificate',
        bundle => {
          bundle.verificationMaterial.publicKey = { hint: 'x' };
        },
        'invalid: malformedBundle',
      ],
      [
        'a message signature beside the envelope',
        bundle => {
          bundle.messageSignature = {
            messageDigest: { algorithm: 'SHA2_256', digest: 'AAAA' },
            signature: 'AAAA',
          };
        },
        'invalid: malformedBundle',
      ],
      [
        'two signatures',
        bundle => {
          bundle.dsseEnvelope.signatures.push(
            bundle.dsseEnvelope.signatures[0],
          );
        },
        'invalid: malformedBundle',
      ],
      [
        'a field nobody knows',
        bundle => {
          bundle.trustMe = true;
        },
        'invalid: malformedBundle',
      ],
      [
        'another version',
        bundle => {
          bundle.mediaType = 'application/vnd.dev.sigstore.bundle.v0.4+json';
        },
        'invalid: unsupportedBundleVersion',
      ],
      [
        'no version',
        bundle => {
          delete bundle.mediaType;
        },
        'invalid: malformedBundle',
      ],
      [
        'base64 with a line break',
        bundle => {
          bundle.dsseEnvelope.payload = `${bundle.dsseEnvelope.payload}\n`;
        },
        'invalid: malformedBundle',
      ],
      [
        'another payload',
        bundle => {
          const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64');
          bundle.dsseEnvelope.payload = Buffer.from(
            payload.toString().replace('"predicate":{}', '"predicate":{"a":1}'),
          ).toString('base64');
        },
        'invalid: signatureMismatch',
      ],
      [
        'another payload type',
        bundle => {
          bundle.dsseEnvelope.payloadType = 'text/plain';
        },
        'invalid: malformedPayload',
      ],
      [
        'a timestamp that is none',
        bundle => {
          bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps =
            [{ signedTimestamp: 'AAAA' }];
        },
        'invalid: timestampInvalid',
      ],
      [
        'a timestamp cut short',
        bundle => {
          const [token] =
            bundle.verificationMaterial.timestampVerificationData
              .rfc3161Timestamps;
          token.signedTimestamp = Buffer.from(token.signedTimestamp, 'base64')
            .subarray(0, 40)
            .toString('base64');
        },
        'invalid: timestampInvalid',
      ],
      [
        'the same timestamp twice',
        bundle => {
          const { rfc3161Timestamps } =
            bundle.verificationMaterial.timestampVerificationData;
          rfc3161Timestamps.push(rfc3161Timestamps[0]);
        },
        'invalid: timestampInvalid',
      ],
      [
        'more timestamps than are read',
        bundle => {
          const { rfc3161Timestamps } =
            bundle.verificationMaterial.timestampVerificationData;
          bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps =
            Array(33).fill(rfc3161Timestamps[0]);
        },
        'invalid: malformedBundle',
      ],
    ])('refuses a bundle with %s', async (_condition, change, expected) => {
      const bundle = await world.bundle();
      change(bundle);
      expect(verify(bundle, world.trustRoot())).toBe(expected);
    });

    it('refuses the timestamp of another signature', async () => {
      const [bundle, other] = [await world.bundle(), await world.bundle()];
      bundle.verificationMaterial.timestampVerificationData =
        other.verificationMaterial.timestampVerificationData;
      expect(verify(bundle, world.trustRoot())).toBe(
        'invalid: timestampInvalid',
      );
    });

    it('refuses one without any trusted time, whatever is configured', async () => {
      const bundle = await world.bundle({ timestamp: false });
      for (const timestamps of ['required', 'whenPresent', 'none'] as const) {
        expect(verify(bundle, world.trustRoot({ timestamps }))).toBe(
          'invalid: noTrustedTime',
        );
      }
    });

    it('tells apart roots that differ in identities only', async () => {
      const bundle = await world.bundle();
      const trustedRoot = world.trustedRoot();
      const { checks } = verifyAll(
        bundle,
        world.trustRoot({ name: 'ours', trustedRoot }),
        world.trustRoot({
          name: 'theirs',
          trustedRoot,
          identities: [{ issuer: 'none', subject: 'https://other.example/x' }],
        }),
      );
      expect(checks).toMatchObject([
        { trustRoot: 'ours', status: 'verified' },
        {
          trustRoot: 'theirs',
          status: 'untrustedSigner',
          reason: 'identityMismatch',
          // Who it was, so that the page can say whom to list.
          signer: { subject: SUBJECT },
        },
      ]);
    });
  });

  describe('with a log entry', () => {
    const required = {
      transparencyLog: 'required',
      timestamps: 'none',
    } as const;

    it('verifies it and takes its time', async () => {
      const bundle = await world.bundle({ log: true, timestamp: false });
      const [check] = verifyAll(bundle, world.trustRoot(required)).checks;
      expect(check).toMatchObject({
        status: 'verified',
        signedAt: expect.any(String),
        transparencyLog: { proof: 'inclusionProof' },
      });
    });

    it('refuses none where one is required', async () => {
      expect(
        verify(
          await world.bundle(),
          world.trustRoot({ transparencyLog: 'required' }),
        ),
      ).toBe('invalid: transparencyLogMissing');
    });

    it('may be missing when wanted only when present', async () => {
      const trustRoot = world.trustRoot({ transparencyLog: 'whenPresent' });
      expect(verify(await world.bundle(), trustRoot)).toBe('verified');
    });

    it.each<[string, (bundle: LooseBundle) => void, string]>([
      [
        'stands twice',
        ({ verificationMaterial: { tlogEntries } }) => {
          tlogEntries.push(tlogEntries[0]);
        },
        // Its time counts twice as well, and that is seen first.
        'invalid: timestampInvalid',
      ],
      [
        'lies about its time',
        ({ verificationMaterial: { tlogEntries } }) => {
          tlogEntries[0].integratedTime = String(
            Number(tlogEntries[0].integratedTime) - 60,
          );
        },
        'invalid: transparencyLogInvalid',
      ],
      [
        'has no promise, so that its time is anybody’s',
        ({ verificationMaterial: { tlogEntries } }) => {
          delete tlogEntries[0].inclusionPromise;
        },
        'invalid: noTrustedTime',
      ],
      [
        'has another log’s id',
        ({ verificationMaterial: { tlogEntries } }) => {
          tlogEntries[0].logId.keyId = Buffer.alloc(32).toString('base64');
        },
        'invalid: transparencyLogInvalid',
      ],
      [
        'is of an unknown kind',
        ({ verificationMaterial: { tlogEntries } }) => {
          tlogEntries[0].kindVersion = { kind: 'intoto', version: '0.0.9' };
        },
        'invalid: unsupportedAlgorithm',
      ],
      [
        'has a body that is no JSON',
        ({ verificationMaterial: { tlogEntries } }) => {
          tlogEntries[0].canonicalizedBody = 'AAAA';
        },
        'invalid: transparencyLogMismatch',
      ],
      [
        'has a negative index',
        ({ verificationMaterial: { tlogEntries } }) => {
          tlogEntries[0].logIndex = '-1';
        },
        'invalid: malformedBundle',
      ],
      [
        'is one of too many',
        ({ verificationMaterial: { tlogEntries } }) => {
          tlogEntries.push(...Array(32).fill(tlogEntries[0]));
        },
        'invalid: malformedBundle',
      ],
      [
        'has a time no calendar holds',
        ({ verificationMaterial: { tlogEntries } }) => {
          tlogEntries[0].integratedTime = '9999999999999999';
        },
        'invalid: timestampInvalid',
      ],
    ])('refuses one that %s', async (_condition, change, expected) => {
      const bundle = await world.bundle({ log: true, timestamp: false });
      change(bundle);
      expect(verify(bundle, world.trustRoot(required))).toBe(expected);
    });

    it('refuses a duplicate that brings no time of its own', async () => {
      const bundle = await world.bundle({ log: true });
      const [entry] = bundle.verificationMaterial.tlogEntries;
      const { inclusionPromise, ...copy } = entry;
      bundle.verificationMaterial.tlogEntries = [copy, copy];
      expect(inclusionPromise).toBeDefined();
      expect(
        verify(bundle, world.trustRoot({ transparencyLog: 'required' })),
      ).toBe('invalid: transparencyLogInvalid');
    });

    it.each<[string, (entry: LooseBundle) => void]>([
      [
        'another certificate',
        entry => {
          entry.spec.signatures[0].verifier = Buffer.from(
            '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
          ).toString('base64');
        },
      ],
      [
        'a key in place of the certificate',
        entry => {
          entry.spec.signatures[0].verifier = Buffer.from(
            pemOf(ecKeyPair()),
          ).toString('base64');
        },
      ],
      [
        'two certificates',
        entry => {
          const pem = Buffer.from(
            entry.spec.signatures[0].verifier,
            'base64',
          ).toString();
          entry.spec.signatures[0].verifier = Buffer.from(pem + pem).toString(
            'base64',
          );
        },
      ],
      [
        'something that is no base64',
        entry => {
          entry.spec.signatures[0].verifier = '?';
        },
      ],
      [
        'nobody',
        entry => {
          delete entry.spec.signatures[0].verifier;
        },
      ],
      [
        'another signature',
        entry => {
          entry.spec.signatures[0].signature = 'AAAA';
        },
      ],
    ])('refuses one that names %s', async (_condition, logEntry) => {
      const bundle = await world.bundle({
        log: true,
        timestamp: false,
        logEntry,
      });
      expect(verify(bundle, world.trustRoot(required))).toBe(
        'invalid: transparencyLogMismatch',
      );
    });

    it('refuses a log outside its period, by the time of the authority', async () => {
      const bundle = await world.bundle({ log: true });
      const [entry] = bundle.verificationMaterial.tlogEntries;
      delete entry.inclusionPromise;
      const trustedRoot = world.trustedRoot(root => {
        root.tlogs[0].publicKey.validFor = {
          ...root.tlogs[0].publicKey.validFor,
          end: new Date(Date.now() - HOUR_MS / 2).toISOString(),
        };
      });
      expect(
        verify(
          bundle,
          world.trustRoot({ transparencyLog: 'required', trustedRoot }),
        ),
      ).toBe('invalid: transparencyLogInvalid');
    });

    it('is not looked at where the trust root says none', async () => {
      const bundle = await world.bundle({ log: true });
      bundle.verificationMaterial.tlogEntries[0].canonicalizedBody = 'AAAA';
      expect(verify(bundle, world.trustRoot())).toBe('verified');
    });
  });

  describe('with signed certificate timestamps', () => {
    const identity: sandbox.GithubIdentity = {
      repository: 'acme/app',
      workflow: '.github/workflows/release.yml',
      ref: 'refs/tags/v1.0.0',
      commit: 'c'.repeat(40),
    };
    const identities = [
      {
        issuer: sandbox.GITHUB_ISSUER,
        subject: sandbox.workflowUri(identity),
      },
    ];

    async function keyless() {
      return sandbox.createKeylessBundle({
        sigstore: world.sigstore,
        identity,
        statement: sandbox.signatureStatement(DIGEST),
      });
    }

    it('verifies them', async () => {
      const trustRoot = world.trustRoot({
        identities,
        transparencyLog: 'required',
        signedCertificateTimestamps: 'required',
      });
      expect(verify(await keyless(), trustRoot)).toBe('verified');
    });

    it('refuses those of an unknown log, unless they are not looked at', async () => {
      const trustedRoot = world.trustedRoot(root => {
        root.ctlogs = [];
      });
      const bundle = await keyless();
      const under = (
        signedCertificateTimestamps: 'required' | 'whenPresent' | 'none',
      ) =>
        verify(
          bundle,
          world.trustRoot({
            identities,
            trustedRoot,
            signedCertificateTimestamps,
          }),
        );
      expect(under('required')).toBe('invalid: certificateTimestampInvalid');
      expect(under('whenPresent')).toBe('invalid: certificateTimestampInvalid');
      expect(under('none')).toBe('verified');
    });

    it('refuses none where one is required', async () => {
      const trustRoot = world.trustRoot({
        signedCertificateTimestamps: 'required',
      });
      expect(verify(await world.bundle(), trustRoot)).toBe(
        'invalid: certificateTimestampMissing',
      );
    });
  });

  describe('with a key', () => {
    it.each<[string, () => ReturnType<typeof ecKeyPair>, string | null]>([
      ['P-256', () => ecKeyPair(), 'sha256'],
      ['P-384', () => ecKeyPair('P-384'), 'sha384'],
      ['P-384 with SHA-256', () => ecKeyPair('P-384'), 'sha256'],
      ['P-521', () => ecKeyPair('P-521'), 'sha512'],
      [
        'RSA 2048',
        () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
        'sha256',
      ],
      [
        'RSA 3072',
        () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
        'sha256',
      ],
      [
        'RSA 4096',
        () => generateKeyPairSync('rsa', { modulusLength: 4096 }),
        'sha256',
      ],
      ['Ed25519', () => generateKeyPairSync('ed25519'), null],
    ])('verifies %s', (_name, generate, hash) => {
      const keyPair = generate();
      const bundle = keyedBundle(keyPair, { hash });
      expect(verify(bundle, keyRoot({ pem: pemOf(keyPair) }))).toBe('verified');
    });

    it.each<[string, () => ReturnType<typeof ecKeyPair>, string | null]>([
      ['P-256 with SHA-1', () => ecKeyPair(), 'sha1'],
      [
        'RSA with SHA-1',
        () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
        'sha1',
      ],
    ])('refuses %s', (_name, generate, hash) => {
      const keyPair = generate();
      const bundle = keyedBundle(keyPair, { hash });
      expect(verify(bundle, keyRoot({ pem: pemOf(keyPair) }))).toBe(
        'untrustedSigner: noMatchingKey',
      );
    });

    it('is not accepted where an identity is meant', () => {
      expect(verify(keyedBundle(ecKeyPair()), world.trustRoot())).toBe(
        'untrustedSigner: keyNotInScheme',
      );
    });

    it.each([2048, 3072, 4096])(
      'verifies RSA %i with PSS, though the key allows both paddings',
      modulusLength => {
        const keyPair = generateKeyPairSync('rsa', { modulusLength });
        const bundle = keyedBundle(keyPair);
        const { payload, payloadType, signatures } = bundle.dsseEnvelope;
        const signWith = (hash: string) =>
          sign(
            hash,
            dsse.preAuthEncoding(payloadType, Buffer.from(payload, 'base64')),
            {
              key: keyPair.privateKey,
              padding: constants.RSA_PKCS1_PSS_PADDING,
              saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
            },
          ).toString('base64');
        const trustRoot = keyRoot({ pem: pemOf(keyPair) });

        signatures[0].sig = signWith('sha256');
        expect(verify(bundle, trustRoot)).toBe('verified');
        signatures[0].sig = signWith('sha1');
        expect(verify(bundle, trustRoot)).toBe(
          'untrustedSigner: noMatchingKey',
        );
      },
    );

    it('refuses bytes that are no signature', () => {
      const keyPair = ecKeyPair();
      const bundle = keyedBundle(keyPair);
      bundle.dsseEnvelope.signatures[0].sig = 'AAAA';
      expect(verify(bundle, keyRoot({ pem: pemOf(keyPair) }))).toBe(
        'untrustedSigner: noMatchingKey',
      );
    });

    it.each<[string, { notBefore?: string; notAfter?: string }]>([
      ['after its period', { notAfter: '2020-01-01T00:00:00Z' }],
      ['before its period', { notBefore: '2120-01-01T00:00:00Z' }],
    ])('refuses a key %s', (_condition, period) => {
      const keyPair = ecKeyPair();
      const trustRoot = keyRoot({ pem: pemOf(keyPair), ...period });
      expect(verify(keyedBundle(keyPair), trustRoot)).toBe(
        'expired: keyNotValidNow',
      );
    });

    it('judges the period of a key at the time of signing where that is proven', async () => {
      const keyPair = ecKeyPair();
      const bundle = keyedBundle(keyPair);
      const signature = Buffer.from(
        bundle.dsseEnvelope.signatures[0].sig,
        'base64',
      );
      const token = await world.sigstore.timestamp(signature);
      bundle.verificationMaterial.timestampVerificationData = {
        rfc3161Timestamps: [{ signedTimestamp: token.toString('base64') }],
      };
      const trustRoot = keyRoot({
        pem: pemOf(keyPair),
        timestamps: 'required',
        trustedRoot: world.trustedRoot(),
        notAfter: new Date(Date.now() + HOUR_MS).toISOString(),
      });
      const [check] = verifyCandidate({
        candidate: {
          form: 'bundle',
          bytes: Buffer.from(JSON.stringify(bundle)),
        },
        about: parseDigest(DIGEST)!,
        trustRoots: named(trustRoot),
        now: new Date(Date.now() + 24 * HOUR_MS),
      }).checks;
      expect(check).toMatchObject({
        status: 'verified',
        signedAt: expect.any(String),
      });
    });

    it('refuses one without the timestamp the trust root requires', () => {
      const keyPair = ecKeyPair();
      const trustRoot = keyRoot({
        pem: pemOf(keyPair),
        timestamps: 'required',
        trustedRoot: world.trustedRoot(),
      });
      expect(verify(keyedBundle(keyPair), trustRoot)).toBe(
        'invalid: timestampMissing',
      );
    });

    it('may lack a timestamp that is wanted only when present', () => {
      const keyPair = ecKeyPair();
      const trustRoot = keyRoot({
        pem: pemOf(keyPair),
        timestamps: 'whenPresent',
        trustedRoot: world.trustedRoot(),
      });
      expect(verify(keyedBundle(keyPair), trustRoot)).toBe('verified');
    });

    it('takes the second key where the first did not sign', () => {
      const [first, second] = [ecKeyPair(), ecKeyPair()];
      const trustRoot = keyRoot({ pem: pemOf(first) });
      const both: SigstoreTrustRoot = {
        ...trustRoot,
        name: 'both',
        spec: {
          ...trustRoot.spec,
          type: 'keys',
          keys: [first, second].map(keyPair => ({
            material: { content: pemOf(keyPair), source: 'cosign.pub' },
          })),
          transparencyLog: 'none',
          timestamps: 'none',
        },
      };
      expect(verify(keyedBundle(second), both)).toBe('verified');
    });

    it('refuses a trust root that cannot be used without saying anything of the signature', () => {
      expect(verify(keyedBundle(ecKeyPair()), keyRoot({ pem: 'x' }))).toBe(
        'unavailable: trustRootUnusable',
      );
    });
  });

  describe('with a message signature', () => {
    const keyPair = ecKeyPair();
    const artifact = Buffer.from('{"schemaVersion":2}');
    const about = parseDigest(
      `sha256:${createHash('sha256').update(artifact).digest('hex')}`,
    )!;

    function verifyMessage(
      message: Buffer | undefined,
      algorithm = 'SHA2_256',
      hash = 'sha256',
    ) {
      const bundle = {
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: { publicKey: { hint: '' } },
        messageSignature: {
          messageDigest: {
            algorithm,
            digest: createHash(hash).update(artifact).digest('base64'),
          },
          signature: sign('sha256', artifact, keyPair.privateKey).toString(
            'base64',
          ),
        },
      };
      const { kind, checks } = verifyCandidate({
        candidate: {
          form: 'bundle',
          bytes: Buffer.from(JSON.stringify(bundle)),
          artifact: message,
        },
        about,
        trustRoots: named(keyRoot({ pem: pemOf(keyPair) })),
        now: new Date(),
      });
      return [kind, checks[0].status, checks[0].reason];
    }

    it('verifies it as something that is no signature statement', () => {
      expect(verifyMessage(artifact)).toEqual([
        'attestation',
        'verified',
        undefined,
      ]);
      expect(verifyMessage(artifact, 'SHA2_512', 'sha512')[1]).toBe('verified');
    });

    it('refuses one about another message, under another hash, or without the message', () => {
      expect(verifyMessage(Buffer.from('other'))[2]).toBe(
        'payloadDigestMismatch',
      );
      expect(verifyMessage(artifact, 'SHA3_256')[2]).toBe(
        'payloadDigestMismatch',
      );
      expect(verifyMessage(undefined)[2]).toBe('malformedPayload');
    });
  });
});
