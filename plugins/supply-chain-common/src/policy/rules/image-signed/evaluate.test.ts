import {
  check,
  facts,
  factsWithImage,
  identity,
  keyRoot,
  NOW,
  policy,
  REPOSITORY,
  DIGEST,
  signatures,
  statement,
} from '../../../testing/exampleFacts';
import { PolicyFacts, SupplyChainPolicy } from '../../types';
import { evaluateImageSigned } from './evaluate';

function run(
  given: PolicyFacts,
  options: {
    allowViaIndex?: boolean;
    policy?: Partial<SupplyChainPolicy>;
  } = {},
) {
  return evaluateImageSigned({
    facts: given,
    policy: policy(options.policy),
    trustRoots: [keyRoot('release', 'pem')],
    now: NOW,
    parameters: {
      allowViaIndex: options.allowViaIndex ?? true,
      allowFirstUse: false,
    },
  });
}

const failed = (
  reason: 'registryRefused' | 'rateLimited' | 'notCollectedYet',
) =>
  facts({
    signatures: [
      signatures([], {
        evidence: { status: 'unavailable', reason, detail: undefined },
      }),
    ],
  });
const withCheck = (...checks: Parameters<typeof statement>) =>
  facts({ signatures: [signatures([statement(...checks)])] });
const viaIndex = facts({
  signatures: [signatures([{ ...statement(check()), relation: 'viaIndex' }])],
});

describe('image-signed', () => {
  it('passes when a trusted signer signed', () => {
    const signedAt = '2026-11-11T09:12:00Z';
    const subject = 'https://github.com/acme/web/release.yml@refs/tags/v1';
    expect(
      run(withCheck(check({ signer: identity(subject), signedAt }))),
    ).toMatchObject({
      outcome: 'pass',
      facts: { status: 'verified', signer: subject, signedAt },
    });
    expect(run(facts())).toMatchObject({
      outcome: 'pass',
      facts: { signer: 'sha256:aa', foundIn: 'referrers', relation: 'exact' },
      nextChangeAt: '2026-11-21T11:00:00Z',
    });
    expect(run(withCheck(check({ signer: undefined }))).message).toContain(
      'a signer that is not named',
    );
  });

  // prettier-ignore

  it.each<[string, PolicyFacts, string, string, string | undefined]>([
    ['nothing is signed', facts({ signatures: [signatures([])] }), 'fail', 'noSignature', 'signImage'],
    ['somebody else signed', withCheck(check({ status: 'untrustedSigner', reason: 'noMatchingKey' })), 'fail', 'noMatchingKey', 'signWithTrustedIdentity'],
    ['the signature is invalid', withCheck(check({ status: 'invalid', reason: 'payloadDigestMismatch' })), 'fail', 'payloadDigestMismatch', 'fixSignature'],
    ['the certificate is expired', withCheck(check({ status: 'expired', reason: 'certificateNotValidAtSigning' })), 'fail', 'certificateNotValidAtSigning', 'fixSignature'],
    ['the registry refuses', failed('registryRefused'), 'unknown', 'registryRefused', 'grantPullAccess'],
    ['the registry limits', failed('rateLimited'), 'unknown', 'rateLimited', 'retryRegistry'],
    ['nothing has looked yet', failed('notCollectedYet'), 'unknown', 'notCollectedYet', undefined],
    ['the digest is not known (L4)', factsWithImage({ digest: undefined }), 'unknown', 'digestUnknown', 'reportDigest'],
    ['the container never started (L4)', factsWithImage({ digest: undefined, started: false }), 'unknown', 'neverStarted', undefined],
    ['the reference cannot be read', factsWithImage({ repository: undefined, imageRef: '::' }), 'unknown', 'referenceUnreadable', 'pinDigest'],
  ])('when %s', (_condition, given, outcome, reason, action) => {
    const result = run(given);
    expect([result.outcome, result.reason]).toEqual([outcome, reason]);
    expect(result.remediation?.action).toBe(action);
  });

  it('cannot tell without a trust root and says who adds one (L37)', () => {
    expect(run(facts(), { policy: { trust: undefined } })).toMatchObject({
      outcome: 'unknown',
      reason: 'noTrustRootConfigured',
      remediation: { who: 'platformTeam', action: 'addTrustRoot' },
    });
  });

  it('fails for a signature of the index where the policy refuses that (L3)', () => {
    expect(run(viaIndex)).toMatchObject({ outcome: 'pass' });
    expect(run(viaIndex, { allowViaIndex: false })).toMatchObject({
      outcome: 'fail',
      reason: 'viaIndexNotAllowed',
    });
  });

  it('gives the command that signs, and names who can run it (L36)', () => {
    const unsigned = facts({ signatures: [signatures([])] });
    expect(run(unsigned).remediation).toEqual({
      who: 'serviceOwner',
      action: 'signImage',
      parameters: { image: `${REPOSITORY}@${DIGEST}`, trustRoots: 'release' },
      command: ['cosign', 'sign', `${REPOSITORY}@${DIGEST}`],
    });
    const foreign = { ownImages: ['registry.other.example/**'] };
    expect(run(unsigned, { policy: foreign }).remediation?.who).toBe('vendor');
    const platform = { platformImages: ['registry.acme.example/shop/*'] };
    expect(run(unsigned, { policy: platform }).remediation?.who).toBe(
      'platformTeam',
    );
  });
});
