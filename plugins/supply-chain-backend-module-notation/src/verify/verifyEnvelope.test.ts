import { ReasonCode, TrustCheck } from 'backstage-plugin-supply-chain-common';
import { NotationAuthority } from 'sandbox';
import {
  ask,
  ARTIFACT,
  AUTHORITY,
  FORMATS,
  inDays,
  KEYS,
  NOW,
  rootCertificate,
  rootFor,
  rootWithTimestamps,
  sign,
  SIGNED_AT,
  SIGNER,
  signerChain,
  verdict,
} from '../__testUtils__/signing';
import { notationRoot, trustPolicy } from '../__testUtils__/trustRoots';

type Verdict = [TrustCheck['status'], ReasonCode?];

const VERIFIED: Verdict = ['verified', undefined];

const stamped = (signature: Buffer) =>
  AUTHORITY.timestamp(signature, SIGNED_AT);
const PREFIX = 'io.cncf.notary.';

/** An authority that stamped before the certificates of the tests began. */
const earlyAuthority = NotationAuthority.create({ now: inDays(-60) });

describe.each(FORMATS)('a signature in %s', format => {
  it('is verified, and says who made it and until when that holds', () => {
    const bytes = sign({ format });
    expect(ask({ bytes, format })).toEqual({
      kind: 'signature',
      covers: ARTIFACT.digest,
      checks: [
        {
          trustRoot: 'acme',
          status: 'verified',
          signer: {
            type: 'certificate',
            subject: 'C=US, ST=WA, O=Acme, CN=release',
            fingerprint: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          },
        },
      ],
      standsUntil: expect.any(Date),
    });
  });

  it.each<[keyof typeof KEYS, Verdict]>([
    ['RSA of 2048 bits', VERIFIED],
    ['RSA of 3072 bits', VERIFIED],
    ['P-256', VERIFIED],
    ['P-384', VERIFIED],
    ['P-521', VERIFIED],
    ['RSA of 1024 bits', ['invalid', 'keyTooWeak']],
    ['RSA of 2560 bits', ['invalid', 'unsupportedAlgorithm']],
    ['P-224', ['invalid', 'keyTooWeak']],
  ])('by a key of %s: %s', (kind, expected) => {
    const chain = signerChain({ keys: KEYS[kind]() });
    const bytes = sign({ format, chain });
    expect(verdict({ bytes, format, trustRoots: [rootFor(chain)] })).toEqual(
      expected,
    );
  });

  it.each<[string, (headers: Record<string, unknown>) => object, Verdict]>([
    [
      'case 75: a critical attribute is not known',
      ({ crit, ...headers }) => ({
        ...headers,
        crit: [...(crit as string[]), 'com.acme.extra'],
        'com.acme.extra': 'x',
      }),
      ['invalid', 'unsupportedCriticalAttribute'],
    ],
    [
      'case 75: a plugin must verify it',
      ({ crit, ...headers }) => ({
        ...headers,
        crit: [...(crit as string[]), `${PREFIX}verificationPlugin`],
        [`${PREFIX}verificationPlugin`]: 'com.acme.plugin',
      }),
      ['invalid', 'pluginRequired'],
    ],
    [
      'case 75: a plugin must verify it, and that is not even marked as critical',
      headers => ({
        ...headers,
        [`${PREFIX}verificationPluginMinVersion`]: '1.0.0',
      }),
      ['invalid', 'pluginRequired'],
    ],
    [
      'a critical attribute is not there',
      ({ crit, ...headers }) => ({
        ...headers,
        crit: [...(crit as string[]), `${PREFIX}expiry`],
      }),
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'a critical attribute is listed twice',
      ({ crit, ...headers }) => ({
        ...headers,
        crit: [...(crit as string[]), ...(crit as string[])],
      }),
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'nothing is critical',
      headers => ({ ...headers, crit: [] }),
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'the signing scheme is not critical',
      headers => ({
        ...headers,
        crit: [`${PREFIX}expiry`],
        [`${PREFIX}expiry`]: inDays(1),
      }),
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'the end is not critical',
      headers => ({ ...headers, [`${PREFIX}expiry`]: inDays(1) }),
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'there is no signing scheme',
      ({ [`${PREFIX}signingScheme`]: _, ...headers }) => ({
        ...headers,
        crit: [`${PREFIX}expiry`],
        [`${PREFIX}expiry`]: inDays(1),
      }),
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'the signing scheme is not known',
      headers => ({ ...headers, [`${PREFIX}signingScheme`]: 'notary.x509.v2' }),
      ['invalid', 'unsupportedCriticalAttribute'],
    ],
    [
      'it has the times of both signing schemes',
      headers => ({
        ...headers,
        [`${PREFIX}authenticSigningTime`]: SIGNED_AT,
      }),
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'there is no signing time',
      ({ [`${PREFIX}signingTime`]: _, ...headers }) => headers,
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'the signing time is no time',
      headers => ({ ...headers, [`${PREFIX}signingTime`]: 'yesterday' }),
      ['invalid', 'malformedEnvelope'],
    ],
    [
      'the payload is of another type',
      headers => ({ ...headers, cty: 'text/plain' }),
      ['invalid', 'malformedPayload'],
    ],
    [
      'case 76: the algorithm is not that of the key',
      headers => ({ ...headers, alg: format === 'jws' ? 'ES384' : -35 }),
      ['invalid', 'algorithmMismatch'],
    ],
    [
      'case 76: the algorithm is that of a shared secret',
      headers => ({ ...headers, alg: format === 'jws' ? 'HS256' : 5 }),
      ['invalid', 'unsupportedAlgorithm'],
    ],
    [
      'case 76: the algorithm is none at all',
      headers => ({ ...headers, alg: format === 'jws' ? 'none' : 0 }),
      ['invalid', 'unsupportedAlgorithm'],
    ],
    [
      'an attribute nobody knows is not critical',
      headers => ({ ...headers, 'com.acme.note': 'x' }),
      VERIFIED,
    ],
  ])('when %s', (_condition, change, expected) => {
    const bytes = sign({
      format,
      changeProtected: change as (headers: object) => Record<string, unknown>,
    });
    expect(verdict({ bytes, format })).toEqual(expected);
  });

  it.each<[string, Partial<typeof ARTIFACT>, Verdict]>([
    [
      'another image',
      { digest: `sha256:${'0'.repeat(64)}` as typeof ARTIFACT.digest },
      ['invalid', 'payloadDigestMismatch'],
    ],
    [
      'the image as another media type',
      { mediaType: 'application/vnd.docker.distribution.manifest.v2+json' },
      ['invalid', 'descriptorMismatch'],
    ],
    [
      'the image in another size',
      { size: 562 },
      ['invalid', 'descriptorMismatch'],
    ],
  ])('when it covers %s', (_condition, change, expected) => {
    const bytes = sign({ format, target: { ...ARTIFACT, ...change } });
    expect(verdict({ bytes, format })).toEqual(expected);
  });

  it.each<[string, string]>([
    ['is no JSON', 'x'],
    ['is something else', '{}'],
    [
      'names its target in another case',
      JSON.stringify({ TargetArtifact: ARTIFACT }),
    ],
    [
      'has something beside the target',
      JSON.stringify({ targetArtifact: ARTIFACT, more: 1 }),
    ],
    [
      'has a key twice',
      `{"targetArtifact":${JSON.stringify(ARTIFACT)},"targetArtifact":{}}`,
    ],
    [
      'has no digest',
      JSON.stringify({ targetArtifact: { ...ARTIFACT, digest: 'x' } }),
    ],
    [
      'has a size that is no number',
      JSON.stringify({ targetArtifact: { ...ARTIFACT, size: '561' } }),
    ],
  ])('when the payload %s', (_condition, payload) => {
    const bytes = sign({ format, payload: Buffer.from(payload) });
    expect(verdict({ bytes, format })).toEqual(['invalid', 'malformedPayload']);
  });

  it('is verified with annotations of its signer', () => {
    const payload = Buffer.from(
      JSON.stringify({
        targetArtifact: { ...ARTIFACT, annotations: { buildId: '42' } },
      }),
    );
    expect(verdict({ bytes: sign({ format, payload }), format })).toEqual(
      VERIFIED,
    );
  });

  it('case 77: is expired from its end on', () => {
    const bytes = sign({ format, expiry: inDays(1) });
    const at = (now: Date) => verdict({ bytes, format, now });
    expect(at(new Date(inDays(1).getTime() - 1))).toEqual(VERIFIED);
    expect(at(inDays(1))).toEqual(['expired', 'signatureExpired']);
    expect(ask({ bytes, format }).standsUntil).toEqual(inDays(1));
  });

  it('is malformed when it ends before it was made', () => {
    const bytes = sign({ format, expiry: SIGNED_AT });
    expect(verdict({ bytes, format })).toEqual([
      'invalid',
      'malformedEnvelope',
    ]);
  });

  it('is refused when its own certificate does not verify it', () => {
    const other = signerChain();
    const bytes = sign({
      format,
      changeUnprotected: headers => ({
        ...headers,
        x5c: other.map(({ der }) => der),
      }),
    });
    expect(verdict({ bytes, format, trustRoots: [rootFor(other)] })).toEqual([
      'invalid',
      'signatureMismatch',
    ]);
  });

  it('is refused when a header is both protected and not', () => {
    const bytes = sign({
      format,
      changeProtected: headers => ({ ...headers, 'com.acme.note': 'x' }),
      changeUnprotected: headers => ({ ...headers, 'com.acme.note': 'y' }),
    });
    expect(verdict({ bytes, format })).toEqual([
      'invalid',
      'malformedEnvelope',
    ]);
  });

  it('is refused when it has no certificates, or more than are read', () => {
    for (const chain of [[], Array.from({ length: 11 }, () => SIGNER[0].der)]) {
      const bytes = sign({
        format,
        changeUnprotected: headers => ({ ...headers, x5c: chain }),
      });
      expect(verdict({ bytes, format })).toEqual([
        'invalid',
        'malformedEnvelope',
      ]);
    }
  });

  it('is refused when it is larger than any signature', () => {
    const bytes = Buffer.alloc(256 * 1024 + 1, sign({ format }));
    expect(verdict({ bytes, format })).toEqual([
      'invalid',
      'malformedEnvelope',
    ]);
  });

  it('is not read as the other format', () => {
    const other = format === 'jws' ? 'cose' : 'jws';
    expect(verdict({ bytes: sign({ format }), format: other })).toEqual([
      'invalid',
      'malformedEnvelope',
    ]);
  });

  describe('of a signing authority', () => {
    const scheme = 'notary.x509.signingAuthority' as const;
    const root = rootFor(SIGNER, {
      policy: { trustStores: ['signingAuthority:acme'] },
      stores: { 'signingAuthority:acme': [SIGNER.at(-1)!.pem] },
    });

    it('is verified at the time the authority says, whatever the time now', () => {
      const bytes = sign({ format, scheme });
      const { checks, standsUntil } = ask({
        bytes,
        format,
        trustRoots: [root],
        now: inDays(1000),
      });
      expect(checks[0]).toMatchObject({
        status: 'verified',
        signedAt: SIGNED_AT.toISOString(),
      });
      expect(standsUntil).toBeUndefined();
    });

    it('is not trusted through a store of certificate authorities, nor the reverse', () => {
      const untrusted: Verdict = [
        'untrustedSigner',
        'untrustedCertificateAuthority',
      ];
      expect(verdict({ bytes: sign({ format, scheme }), format })).toEqual(
        untrusted,
      );
      expect(
        verdict({ bytes: sign({ format }), format, trustRoots: [root] }),
      ).toEqual(untrusted);
    });

    it.each<[string, Date, Verdict]>([
      [
        'before the certificate',
        inDays(-30),
        ['expired', 'certificateNotValidAtSigning'],
      ],
      [
        'after the certificate',
        inDays(100),
        ['expired', 'certificateNotValidAtSigning'],
      ],
      ['in the future', inDays(1), ['invalid', 'timestampInvalid']],
    ])('is refused when it was signed %s', (_when, signingTime, expected) => {
      const bytes = sign({ format, scheme, signingTime });
      const now = signingTime > inDays(2) ? inDays(200) : NOW;
      expect(verdict({ bytes, format, trustRoots: [root], now })).toEqual(
        expected,
      );
    });
  });

  describe('with a timestamp', () => {
    it('is verified after its certificate ended, at the time that is proven', () => {
      const bytes = sign({ format, timestamp: stamped });
      const result = ask({
        bytes,
        format,
        trustRoots: [rootWithTimestamps()],
        now: inDays(200),
      });
      expect(result.checks[0]).toMatchObject({
        status: 'verified',
        signedAt: SIGNED_AT.toISOString(),
      });
      expect(result.standsUntil).toBeUndefined();
    });

    it('case 78: is refused when the timestamp is about another signature', () => {
      const bytes = sign({
        format,
        timestamp: () => AUTHORITY.timestamp(Buffer.from('other'), SIGNED_AT),
      });
      expect(
        verdict({ bytes, format, trustRoots: [rootWithTimestamps()] }),
      ).toEqual(['invalid', 'timestampInvalid']);
    });

    it.each<[string, Date, Verdict]>([
      [
        'case 78: before the certificate began',
        inDays(-20),
        ['expired', 'certificateNotValidAtSigning'],
      ],
      [
        'case 78: after the certificate ended',
        inDays(95),
        ['expired', 'certificateNotValidAtSigning'],
      ],
      ['case 54: in the future', inDays(300), ['invalid', 'timestampInvalid']],
    ])('is refused when it was stamped %s', (_when, time, expected) => {
      const bytes = sign({
        format,
        signingTime: inDays(-25),
        timestamp: signature => earlyAuthority.timestamp(signature, time),
      });
      const trustRoot = notationRoot({
        policies: [trustPolicy({ trustStores: ['ca:acme', 'tsa:acme'] })],
        stores: {
          'ca:acme': [SIGNER.at(-1)!.pem],
          'tsa:acme': [earlyAuthority.timestampRoot.pem],
        },
      });
      expect(
        verdict({ bytes, format, trustRoots: [trustRoot], now: inDays(200) }),
      ).toEqual(expected);
    });

    it('is refused when it was stamped before it says it was made', () => {
      const bytes = sign({
        format,
        signingTime: new Date(SIGNED_AT.getTime() + 1000),
        timestamp: stamped,
      });
      expect(
        verdict({ bytes, format, trustRoots: [rootWithTimestamps()] }),
      ).toEqual(['invalid', 'timestampInvalid']);
    });

    it('is refused without one where the policy wants one', () => {
      const bytes = sign({ format });
      expect(
        verdict({ bytes, format, trustRoots: [rootWithTimestamps()] }),
      ).toEqual(['invalid', 'timestampMissing']);
    });

    it('needs none before its certificate ended where the policy says so', () => {
      const bytes = sign({ format });
      const trustRoots = [
        rootWithTimestamps(SIGNER, { verifyTimestamp: 'afterCertExpiry' }),
      ];
      expect(verdict({ bytes, format, trustRoots })).toEqual(VERIFIED);
      expect(verdict({ bytes, format, trustRoots, now: inDays(200) })).toEqual([
        'invalid',
        'timestampMissing',
      ]);
    });
  });

  it('is refused after its certificate ended, and before it began, when nobody says when it was made', () => {
    const bytes = sign({ format, timestamp: stamped });
    for (const now of [inDays(200), inDays(-200)]) {
      expect(verdict({ bytes, format, now })).toEqual([
        'expired',
        'certificateNotValidNow',
      ]);
    }
  });
});

describe('verifyEnvelope', () => {
  it('says for every trust root what it says', () => {
    const other = rootCertificate();
    const roots = [
      rootFor(SIGNER),
      { ...rootFor([other]), name: 'other' },
      {
        ...notationRoot({ name: 'broken', stores: { 'ca:acme': ['x'] } }),
      },
    ];
    const { checks } = ask({ bytes: sign(), trustRoots: roots });
    expect(
      checks.map(({ trustRoot, status, reason }) => [
        trustRoot,
        status,
        reason,
      ]),
    ).toEqual([
      ['acme', 'verified', undefined],
      ['other', 'untrustedSigner', 'untrustedCertificateAuthority'],
      ['broken', 'unavailable', 'trustRootUnusable'],
    ]);
    expect(checks[1].signer).toBeUndefined();
  });

  it('is said of bytes that cannot be read too', () => {
    expect(ask({ bytes: Buffer.from('{}') })).toEqual({
      kind: 'signature',
      checks: [
        { trustRoot: 'acme', status: 'invalid', reason: 'malformedEnvelope' },
      ],
    });
  });
});
