import {
  check,
  facts,
  identity,
  KEY,
  keyRoot,
  NOW,
  OTHER_KEY,
  policy,
  signatures,
  sigstoreRoot,
  statement,
} from '../testing/exampleFacts';
import { SignedStatement } from '../model/signature';
import { SupplyChainPolicy } from '../policy/types';
import { verifiedSigners } from './verifiedSigners';

const ROOTS = [
  keyRoot('release', 'pem'),
  keyRoot('vendor', 'pem'),
  sigstoreRoot('ci', 'https://github.com/acme/web/**'),
];

function signersOf(
  statements: SignedStatement[],
  ...policies: Partial<SupplyChainPolicy>[]
) {
  return verifiedSigners({
    facts: facts({ signatures: [signatures(statements)] }),
    policies: policies.map(policy),
    trustRoots: ROOTS,
    now: NOW,
  });
}

const anyOf = (...of: string[]) => ({ trust: { type: 'any' as const, of } });
const release = check({ trustRoot: 'release', signer: KEY });
const vendor = check({ trustRoot: 'vendor', signer: OTHER_KEY });

describe('the signers of an image', () => {
  it('are those whose signatures a policy accepts, each once', () => {
    expect(
      signersOf(
        [statement(release), statement(release), statement(vendor)],
        anyOf('release', 'vendor'),
      ),
    ).toEqual([
      {
        trustRoot: 'release',
        scheme: 'cosign',
        signer: 'sha256:aa',
        identity: 'sha256:aa',
      },
      {
        trustRoot: 'vendor',
        scheme: 'cosign',
        signer: 'sha256:bb',
        identity: 'sha256:bb',
      },
    ]);
  });

  it('are not those of a root that no policy names', () => {
    expect(
      signersOf([statement(release), statement(vendor)], anyOf('release')),
    ).toMatchObject([{ trustRoot: 'release' }]);
  });

  it('are nobody where a policy wants more than there are', () => {
    const both = { trust: { type: 'all' as const, of: ['release', 'vendor'] } };
    expect(signersOf([statement(release)], both)).toEqual([]);
    expect(
      signersOf([statement(release)], both, anyOf('release')),
    ).toHaveLength(1);
  });

  it('are nobody for a signature that is refused, and for one that only attests', () => {
    const refused = check({
      trustRoot: 'release',
      status: 'invalid',
      reason: 'signatureMismatch',
    });
    const attested: SignedStatement = {
      ...statement(release),
      kind: 'attestation',
    };
    expect(signersOf([statement(refused), attested], anyOf('release'))).toEqual(
      [],
    );
  });

  it('are one identity however many subjects it signs under', () => {
    const signedAt = (tag: string) =>
      statement(
        check({
          trustRoot: 'ci',
          signer: identity(
            `https://github.com/acme/web/.github/workflows/x.yml@refs/tags/${tag}`,
          ),
        }),
      );
    const signers = signersOf([signedAt('v2'), signedAt('v1')], anyOf('ci'));
    expect(signers).toMatchObject([
      {
        trustRoot: 'ci',
        signer: expect.stringMatching(/v1$/),
      },
    ]);
    expect(signersOf([signedAt('v1'), signedAt('v2')], anyOf('ci'))).toEqual(
      signers,
    );
  });

  it('are nobody without a digest', () => {
    const known = facts({ signatures: [signatures([statement(release)])] });
    expect(
      verifiedSigners({
        facts: { ...known, image: { ...known.image, digest: undefined } },
        policies: [policy(anyOf('release'))],
        trustRoots: ROOTS,
        now: NOW,
      }),
    ).toEqual([]);
  });
});
