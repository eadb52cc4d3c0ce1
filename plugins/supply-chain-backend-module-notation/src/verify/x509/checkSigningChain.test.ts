import { generateKeyPairSync } from 'node:crypto';
import { ReasonCode, TrustCheck } from 'backstage-plugin-supply-chain-common';
import {
  authorityExtensions,
  basicConstraints,
  codeSigningExtensions,
  extendedKeyUsage,
  IssuedCertificate,
  KEY_PURPOSES,
  keyUsage,
  KeyUsage,
} from 'sandbox';
import {
  certificate,
  CertificateOptions,
  rootCertificate,
  rootFor,
  sign,
  signerChain,
  verdict,
} from '../../__testUtils__/signing';

type Verdict = [TrustCheck['status'], ReasonCode?];

const VERIFIED: Verdict = ['verified', undefined];
const INVALID: Verdict = ['invalid', 'certificateInvalid'];
const UNSUITABLE: Verdict = ['invalid', 'certificateUnsuitable'];

function signedWith(chain: IssuedCertificate[]): Verdict {
  return verdict({ bytes: sign({ chain }), trustRoots: [rootFor(chain)] });
}

const leafWith = (options: CertificateOptions) =>
  signedWith(signerChain(options));

describe('the certificate that signs', () => {
  const usage = keyUsage(['digitalSignature']);

  it.each<[string, CertificateOptions, Verdict]>([
    ['carries no purposes', { extensions: [usage] }, VERIFIED],
    [
      'says that it is no authority',
      { extensions: [usage, basicConstraints(false)] },
      VERIFIED,
    ],
    [
      'carries something critical that is not known',
      {
        extensions: [
          usage,
          { oid: '1.2.3.4', critical: true, value: Buffer.from([5, 0]) },
        ],
      },
      VERIFIED,
    ],
    ['carries nothing', { extensions: [] }, UNSUITABLE],
    [
      'has a key usage that is not critical',
      { extensions: [keyUsage(['digitalSignature'], false)] },
      UNSUITABLE,
    ],
    [
      'may not sign',
      { extensions: [keyUsage(['nonRepudiation'])] },
      UNSUITABLE,
    ],
    [
      'is an authority',
      { extensions: [usage, basicConstraints(true)] },
      UNSUITABLE,
    ],
    ['carries an extension twice', { extensions: [usage, usage] }, INVALID],
    [
      'has a key usage that cannot be read',
      {
        extensions: [
          { oid: '2.5.29.15', critical: true, value: Buffer.from([5, 0]) },
        ],
      },
      INVALID,
    ],
    [
      'has purposes that cannot be read',
      {
        extensions: [
          usage,
          { oid: '2.5.29.37', critical: false, value: Buffer.from([5, 0]) },
        ],
      },
      INVALID,
    ],
    [
      'was signed with SHA-1',
      { hash: 'sha1' },
      ['invalid', 'unsupportedAlgorithm'],
    ],
    ['was signed with SHA-512', { hash: 'sha512' }, VERIFIED],
    [
      'has a key nobody signs with',
      { keys: generateKeyPairSync('x25519') as never },
      ['invalid', 'unsupportedAlgorithm'],
    ],
  ])('%s', (_what, options, expected) => {
    expect(
      options.keys
        ? verdict({
            bytes: sign({
              changeUnprotected: headers => ({
                ...headers,
                x5c: signerChain(options).map(({ der }) => der),
              }),
            }),
          })
        : leafWith(options),
    ).toEqual(expected);
  });

  it.each<KeyUsage>([
    'keyEncipherment',
    'dataEncipherment',
    'keyAgreement',
    'keyCertSign',
    'cRLSign',
    'encipherOnly',
    'decipherOnly',
  ])('may not be used for %s as well', other => {
    expect(
      leafWith({ extensions: [keyUsage(['digitalSignature', other])] }),
    ).toEqual(UNSUITABLE);
  });

  it.each([
    KEY_PURPOSES.serverAuth,
    KEY_PURPOSES.timeStamping,
    '2.5.29.37.0',
    '1.3.6.1.5.5.7.3.2',
    '1.3.6.1.5.5.7.3.4',
    '1.3.6.1.5.5.7.3.9',
  ])('may not be for %s as well', purpose => {
    const purposes = extendedKeyUsage([KEY_PURPOSES.codeSigning, purpose]);
    expect(leafWith({ extensions: [usage, purposes] })).toEqual(UNSUITABLE);
  });

  it('may have issued itself, when a trust store holds it', () => {
    const chain = [certificate(codeSigningExtensions())];
    expect(signedWith(chain)).toEqual(VERIFIED);
  });

  it('is not looked at when it is no certificate', () => {
    for (const der of [
      Buffer.from('x'),
      Buffer.from([0x30, 0]),
      Buffer.alloc(40_000, 0x30),
    ]) {
      const bytes = sign({
        changeUnprotected: headers => ({ ...headers, x5c: [der] }),
      });
      expect(verdict({ bytes })).toEqual(INVALID);
    }
  });
});

describe('the chain', () => {
  const root = rootCertificate();
  const intermediate = (options: CertificateOptions = {}) =>
    certificate(authorityExtensions(), {
      issuer: root,
      name: 'intermediate',
      ...options,
    });
  const through = (middle: IssuedCertificate, top = root) => [
    ...signerChain({ root: middle }),
    top,
  ];

  it('may lead through other authorities', () => {
    expect(signedWith(through(intermediate()))).toEqual(VERIFIED);
  });

  it.each<[string, () => IssuedCertificate[], Verdict]>([
    ['lacks its root', () => signerChain({ root: intermediate() }), INVALID],
    ['is in another order', () => through(intermediate()).reverse(), INVALID],
    [
      'has a root that issued none of it',
      () => [...signerChain(), root],
      INVALID,
    ],
    [
      'has a root of the same name with another key',
      () => [signerChain()[0], rootCertificate()],
      INVALID,
    ],
    ['goes on after its root', () => [...signerChain({ root }), root], INVALID],
    [
      'leads through a signer',
      () => through(intermediate({ extensions: codeSigningExtensions() })),
      INVALID,
    ],
    [
      'leads through an authority that is not critically one',
      () =>
        through(
          intermediate({
            extensions: [
              { ...basicConstraints(true), critical: false },
              keyUsage(['keyCertSign']),
            ],
          }),
        ),
      INVALID,
    ],
    [
      'leads through an authority that may not sign certificates',
      () =>
        through(
          intermediate({
            extensions: [basicConstraints(true), keyUsage(['cRLSign'])],
          }),
        ),
      INVALID,
    ],
    [
      'leads through an authority without key usage',
      () => through(intermediate({ extensions: [basicConstraints(true)] })),
      INVALID,
    ],
    [
      'leads through an authority with a weak key',
      () =>
        through(
          intermediate({
            keys: generateKeyPairSync('rsa', { modulusLength: 1024 }),
          }),
        ),
      ['invalid', 'keyTooWeak'],
    ],
  ])('%s', (_what, chain, expected) => {
    const certificates = chain();
    expect(
      verdict({
        bytes: sign({ chain: certificates }),
        trustRoots: [rootFor([root])],
      }),
    ).toEqual(expected);
  });

  it('may be signed as RSASSA-PSS, but not with SHA-1', () => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const own = rootCertificate({ keys });
    const chain = (hash: 'sha256' | 'sha1') =>
      signerChain({ root: own, isPss: true, hash });
    expect(signedWith(chain('sha256'))).toEqual(VERIFIED);
    expect(signedWith(chain('sha1'))).toEqual([
      'invalid',
      'unsupportedAlgorithm',
    ]);
  });

  it('is not looked at when it certifies a key nobody knows', () => {
    const [leaf, ...others] = signerChain();
    // id-ecPublicKey becomes another algorithm.
    const hex = leaf.der.toString('hex');
    const der = Buffer.from(
      hex.replace('2a8648ce3d0201', '2a8648ce3d0209'),
      'hex',
    );
    const bytes = sign({
      changeUnprotected: headers => ({
        ...headers,
        x5c: [der, ...others.map(each => each.der)],
      }),
    });
    expect(verdict({ bytes })).toEqual(['invalid', 'unsupportedAlgorithm']);
  });

  it('is no longer than its authorities allow', () => {
    const short = rootCertificate({ extensions: authorityExtensions(0) });
    expect(signedWith(signerChain({ root: short }))).toEqual(VERIFIED);
    expect(signedWith(through(intermediate({ issuer: short }), short))).toEqual(
      INVALID,
    );
  });

  it('case 79: is trusted by its root only, never by something below it', () => {
    const middle = intermediate();
    expect(
      verdict({
        bytes: sign({ chain: through(middle) }),
        trustRoots: [rootFor([middle])],
      }),
    ).toEqual(['untrustedSigner', 'untrustedCertificateAuthority']);
  });
});
