import { SignedStatement, TrustCheck } from '../../model/signature';
import {
  check,
  DIGEST,
  keyRoot,
  look,
  NOW,
  OTHER_DIGEST,
  REPOSITORY,
  signatures,
  statement,
} from '../../testing/exampleFacts';
import { TrustRoot } from '../types';
import { SignatureQuestion, signatureStatusFor } from './signatureStatusFor';

const CONTENT_TRUST: TrustRoot = {
  name: 'notary',
  digest: 'sha256:notary',
  warnings: [],
  spec: {
    type: 'contentTrust',
    server: 'https://notary.acme.example',
    pins: [],
    trustOnFirstUse: true,
  },
};

const SERVER = look({
  scheme: 'contentTrust',
  place: 'contentTrust',
  trustRoot: 'notary',
});

function signedTag(
  tag: string,
  overrides: Partial<TrustCheck> = {},
): SignedStatement {
  const isOther = overrides.reason === 'tagSignsOtherDigest';
  const digest = isOther ? OTHER_DIGEST : DIGEST;
  return {
    ...statement(check({ trustRoot: 'notary', ...overrides })),
    scheme: 'contentTrust',
    foundIn: 'contentTrust',
    covers: digest,
    signedTag: { role: 'targets', tag, digest },
  };
}

const otherDigest = (tag: string) =>
  signedTag(tag, { status: 'invalid', reason: 'tagSignsOtherDigest' });

function contentTrust(
  statements: SignedStatement[],
  trail = [SERVER],
): SignatureQuestion['signatures'] {
  return [
    signatures(statements, {
      evidence: {
        collector: 'content-trust',
        detail: { scheme: 'contentTrust', statements, trail },
      },
    }),
  ];
}

function ask(
  statements: SignedStatement[],
  overrides: Partial<SignatureQuestion> = {},
) {
  const { status, reason } = signatureStatusFor({
    policy: { trust: { type: 'any', of: ['notary'] } },
    trustRoots: [CONTENT_TRUST, keyRoot('release', 'pem')],
    signatures: contentTrust(statements),
    imageRef: `${REPOSITORY}:1.0.0`,
    now: NOW,
    ...overrides,
  });
  return [status, reason];
}

const BY_DIGEST = { imageRef: `${REPOSITORY}:1.0.0@${DIGEST}` };

describe('content trust signs tags (L16)', () => {
  // prettier-ignore
  it.each<[string, SignedStatement[], Partial<SignatureQuestion>, string, string | undefined]>([
    ['the deployed tag gives the digest', [signedTag('1.0.0')], {}, 'verified', undefined],
    ['another tag gives it and the deployed one is not signed', [signedTag('1.1.0')], {}, 'invalid', 'tagSignsOtherDigest'],
    ['the deployed tag gives another digest', [otherDigest('1.0.0')], {}, 'invalid', 'tagSignsOtherDigest'],
    ['the deployed tag gives another digest and another tag this one', [otherDigest('1.0.0'), signedTag('1.1.0')], {}, 'invalid', 'tagSignsOtherDigest'],
    ['a tag nobody deployed gives another digest', [signedTag('1.0.0'), otherDigest('2.0.0')], {}, 'verified', undefined],
    ['deployed by digest, any tag will do', [signedTag('1.1.0')], BY_DIGEST, 'verified', undefined],
    ['deployed by digest, where tags point does not matter', [otherDigest('1.0.0')], BY_DIGEST, 'unsigned', 'noSignature'],
    ['without a reference it is judged by digest', [signedTag('1.1.0')], { imageRef: undefined }, 'verified', undefined],
    ['without a tag the reference means latest', [signedTag('latest')], { imageRef: REPOSITORY }, 'verified', undefined],
    ['no tag gives the digest', [], {}, 'unsigned', 'noSignature'],
    ['a delegation that does not count', [signedTag('1.0.0', { status: 'untrustedSigner', reason: 'delegationNotCounted' })], {}, 'untrustedSigner', 'delegationNotCounted'],
    ['a delegation that does not count, for another tag', [signedTag('1.1.0', { status: 'untrustedSigner', reason: 'delegationNotCounted' })], {}, 'untrustedSigner', 'delegationNotCounted'],
    ['the root was seen first and the rule wants a pin', [signedTag('1.0.0', { firstUse: true })], {}, 'untrustedSigner', 'firstUseOnly'],
    ['the root was seen first and the rule allows it', [signedTag('1.0.0', { firstUse: true })], { allowFirstUse: true }, 'verified', undefined],
  ])('%s', (_, statements, overrides, status, reason) => {
    expect(ask(statements, overrides)).toEqual([status, reason]);
  });
});

describe('which systems a policy looks at (L10)', () => {
  const cosign = signatures([statement(check())]);

  it('does not count cosign signatures for a root of content trust', () => {
    const both = [cosign, ...contentTrust([])];
    expect(ask([], { signatures: both })).toEqual(['unsigned', 'noSignature']);
  });

  it('cannot tell before the system of its root was looked at', () => {
    expect(ask([], { signatures: [cosign] })).toEqual([
      'unavailable',
      'notCollectedYet',
    ]);
    expect(ask([], { signatures: contentTrust([], []) })).toEqual([
      'unavailable',
      'notCollectedYet',
    ]);
  });

  it('cannot tell while one of two systems could not be read', () => {
    const [evidence] = contentTrust([]);
    const refused = {
      ...evidence,
      status: 'unavailable' as const,
      reason: 'registryRefused' as const,
      detail: undefined,
    };
    const policy = {
      trust: { type: 'any' as const, of: ['notary', 'release'] },
    };
    const question = { policy, signatures: [signatures([]), refused] };
    expect(ask([], question)).toEqual(['unavailable', 'registryRefused']);
    // One good signature is enough, whatever else was not read.
    expect(ask([], { ...question, signatures: [cosign, refused] })).toEqual([
      'verified',
      undefined,
    ]);
  });

  it('leaves out servers of roots the policy does not name', () => {
    const other = { ...SERVER, trustRoot: 'other', complete: false };
    const trail = [SERVER, { ...other, reason: 'registryTimeout' as const }];
    expect(ask([], { signatures: contentTrust([], trail) })).toEqual([
      'unsigned',
      'noSignature',
    ]);
    expect(ask([], { signatures: contentTrust([], [trail[1]]) })).toEqual([
      'unavailable',
      'notCollectedYet',
    ]);
  });

  it('counts a key and a certificate as two signers (L12)', () => {
    const notation: TrustRoot = {
      ...CONTENT_TRUST,
      name: 'notation',
      spec: {
        type: 'notation',
        trustPolicy: { content: '{}', source: 'trustpolicy.json' },
        trustStores: {},
      },
    };
    const certificate = (subject: string): SignedStatement => ({
      ...statement(
        check({
          trustRoot: 'notation',
          signer: {
            type: 'certificate',
            subject,
            fingerprint: `sha256:${subject}`,
          },
        }),
      ),
      scheme: 'notation',
    });
    const ofNotation = (...statements: SignedStatement[]) =>
      signatures(statements, {
        evidence: {
          collector: 'notation',
          detail: { scheme: 'notation', statements, trail: [look()] },
        },
      });
    const question = (...statements: SignedStatement[]) => ({
      policy: {
        trust: {
          type: 'atLeast' as const,
          count: 2,
          of: ['notation', 'release'],
        },
      },
      trustRoots: [notation, keyRoot('release', 'pem')],
      signatures: [cosign, ofNotation(...statements)],
    });
    expect(ask([], question(certificate('CN=release')))[0]).toBe('verified');
    const alone = question(
      certificate('CN=release'),
      certificate('CN=release'),
    );
    expect(
      ask([], { ...alone, signatures: [signatures([]), alone.signatures[1]] }),
    ).toEqual(['untrustedSigner', 'tooFewSigners']);
    const all = question(certificate('CN=release'));
    expect(
      ask([], {
        ...all,
        policy: { trust: { type: 'all', of: ['notation', 'release'] } },
      })[0],
    ).toBe('verified');
  });
});
