import { ReasonCode, TrustCheck } from 'backstage-plugin-supply-chain-common';
import {
  FORMATS,
  inDays,
  REPOSITORY,
  rootFor,
  sign,
  SIGNER,
  signerChain,
  verdict,
} from '../__testUtils__/signing';
import {
  notationRoot,
  trustPolicy,
  TrustPolicyOptions,
} from '../__testUtils__/trustRoots';

type Verdict = [TrustCheck['status'], ReasonCode?];

const VERIFIED: Verdict = ['verified', undefined];
const bytes = sign();

function under(
  policy: TrustPolicyOptions,
  question: { bytes?: Uint8Array; now?: Date } = {},
): Verdict {
  return verdict({
    bytes,
    trustRoots: [rootFor(SIGNER, { policy })],
    ...question,
  });
}

describe('the level of a trust policy', () => {
  const revocation = 'skip';
  const LEVELS: [string, object, Verdict][] = [
    ['strict', { level: 'strict', override: { revocation } }, VERIFIED],
    ['permissive', { level: 'permissive' }, VERIFIED],
    ['audit', { level: 'audit' }, ['untrustedSigner', 'validationNotEnforced']],
    [
      'strict, authenticity only logged',
      { level: 'strict', override: { revocation, authenticity: 'log' } },
      ['untrustedSigner', 'validationNotEnforced'],
    ],
    [
      'audit, authenticity enforced',
      { level: 'audit', override: { authenticity: 'enforce' } },
      VERIFIED,
    ],
  ];

  it.each(LEVELS)('%s: a good signature', (_level, level, expected) => {
    expect(under({ signatureVerification: level })).toEqual(expected);
  });

  // L17: whatever the level, a failure that is only logged never verifies.
  it.each(LEVELS)('%s: one whose end has passed', (_level, level) => {
    const question = { bytes: sign({ expiry: inDays(1) }), now: inDays(2) };
    expect(under({ signatureVerification: level }, question)).toEqual([
      'expired',
      'signatureExpired',
    ]);
  });

  it.each(LEVELS)('%s: one by an ended certificate', (_level, level) => {
    expect(
      under({ signatureVerification: level }, { now: inDays(200) }),
    ).toEqual(['expired', 'certificateNotValidNow']);
  });

  it.each(LEVELS)('%s: one by somebody else', (_level, level) => {
    const other = sign({ chain: signerChain() });
    expect(under({ signatureVerification: level }, { bytes: other })).toEqual([
      'untrustedSigner',
      'untrustedCertificateAuthority',
    ]);
  });

  it.each(LEVELS)('%s: a damaged one', (_level, level) => {
    const damaged = JSON.parse(bytes.toString());
    damaged.signature = `${
      damaged.signature.startsWith('A') ? 'B' : 'A'
    }${damaged.signature.slice(1)}`;
    const question = { bytes: Buffer.from(JSON.stringify(damaged)) };
    expect(under({ signatureVerification: level }, question)).toEqual([
      'invalid',
      'signatureMismatch',
    ]);
  });

  it('skip: is not asked at all', () => {
    expect(
      under({
        registryScopes: [REPOSITORY],
        signatureVerification: { level: 'skip' },
        trustStores: [],
        trustedIdentities: [],
      }),
    ).toEqual(['untrustedSigner', 'validationNotEnforced']);
  });
});

describe('the scopes of trust policies', () => {
  const skip = (scope: string) => ({
    name: `skip ${scope}`,
    registryScopes: [scope],
    signatureVerification: { level: 'skip' },
  });
  const asked = (policies: object[], repository: string) =>
    verdict({
      bytes,
      repository,
      trustRoots: [
        notationRoot({ policies, stores: { 'ca:acme': [SIGNER.at(-1)!.pem] } }),
      ],
    });

  it('choose the policy that names the repository before the one for everything', () => {
    const policies = [trustPolicy(), skip(REPOSITORY)];
    expect(asked(policies, REPOSITORY)).toEqual([
      'untrustedSigner',
      'validationNotEnforced',
    ]);
    expect(asked(policies, 'registry.acme.example/shop')).toEqual(VERIFIED);
  });

  it.each([
    'registry.acme.example/shop/web2',
    'registry.acme.example/shop',
    'registry.evil.example/shop/web',
  ])('do not cover %s by a repository that looks like it', repository => {
    const policies = [trustPolicy({ registryScopes: [REPOSITORY] })];
    expect(asked(policies, repository)).toEqual([
      'untrustedSigner',
      'noTrustPolicyForRepository',
    ]);
  });
});

describe('the trusted identities', () => {
  const acme = 'C=US, ST=WA, O=Acme';

  it.each<[string, string, Verdict]>([
    ['all of the subject', `${acme}, CN=release`, VERIFIED],
    ['a part of the subject', acme, VERIFIED],
    ['the subject in another order', 'CN=release,O=Acme,S=WA,C=US', VERIFIED],
    [
      'another name',
      `${acme}, CN=other`,
      ['untrustedSigner', 'identityMismatch'],
    ],
    [
      'a part of its name',
      `${acme}, CN=rel`,
      ['untrustedSigner', 'identityMismatch'],
    ],
    [
      'its name in another case',
      `${acme}, CN=Release`,
      ['untrustedSigner', 'identityMismatch'],
    ],
    [
      'more than the subject has',
      `${acme}, OU=Ops`,
      ['untrustedSigner', 'identityMismatch'],
    ],
  ])('name %s', (_what, identity, expected) => {
    expect(under({ trustedIdentities: [`x509.subject: ${identity}`] })).toEqual(
      expected,
    );
  });

  it.each<[string, [string, string][]]>([
    ['has an attribute twice', [['CN', 'one']]],
    [
      'has an attribute that is not known by name',
      [['1.2.840.113549.1.9.1', 'a@b']],
    ],
    ['case 81: has a value that looks encoded', [['OU', 'x=#0403']]],
  ])('are not compared with a subject that %s', (_what, more) => {
    const chain = signerChain({
      subject: [
        ['C', 'US'],
        ['ST', 'WA'],
        ['O', 'Acme'],
        ['CN', 'release'],
        ...more,
      ],
    });
    const policy = { trustedIdentities: [`x509.subject: ${acme}`] };
    for (const format of FORMATS) {
      expect(
        verdict({
          bytes: sign({ chain, format }),
          format,
          trustRoots: [rootFor(chain, { policy })],
        }),
      ).toEqual(['untrustedSigner', 'identityMismatch']);
    }
  });
});
