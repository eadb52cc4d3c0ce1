import { SignedStatement } from '../../../model/signature';
import {
  check,
  facts,
  factsWithImage,
  keyRoot,
  look,
  NOW,
  policy,
  signatures,
  statement,
} from '../../../testing/exampleFacts';
import { PolicyFacts, TrustRoot } from '../../types';
import { evaluateNotContentTrustOnly } from './evaluate';

const NOTARY: TrustRoot = {
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

function contentTrust() {
  const statements: SignedStatement[] = [
    {
      ...statement(check({ trustRoot: 'notary' })),
      scheme: 'contentTrust',
      foundIn: 'contentTrust',
    },
  ];
  const trail = [look({ place: 'contentTrust', trustRoot: 'notary' })];
  return signatures(statements, {
    evidence: {
      collector: 'content-trust',
      detail: { scheme: 'contentTrust', statements, trail },
    },
  });
}

function run(given: PolicyFacts) {
  return evaluateNotContentTrustOnly({
    facts: given,
    policy: policy({ trust: { type: 'any', of: ['notary', 'release'] } }),
    trustRoots: [NOTARY, keyRoot('release', 'pem')],
    now: NOW,
    parameters: {},
  });
}

describe('not-content-trust-only', () => {
  it('fails when nothing but content trust vouches for the image', () => {
    expect(run(facts({ signatures: [contentTrust()] }))).toMatchObject({
      outcome: 'fail',
      reason: 'contentTrustOnly',
      remediation: { action: 'signImage' },
      nextChangeAt: '2026-11-21T11:00:00Z',
    });
  });

  it('passes when another system vouches for it as well', () => {
    const both = [contentTrust(), signatures([statement(check())])];
    expect(run(facts({ signatures: both }))).toMatchObject({
      outcome: 'pass',
      facts: { scheme: 'cosign' },
    });
  });

  it('does not count another system whose evidence has expired', () => {
    const old = signatures([statement(check())], {
      evidence: { expiresAt: '2026-11-20T00:00:00Z' },
    });
    expect(run(facts({ signatures: [contentTrust(), old] }))).toMatchObject({
      outcome: 'fail',
    });
  });

  it('has nothing to say of what nobody trusted signed', () => {
    expect(run(facts({ signatures: [] }))).toMatchObject({
      outcome: 'notApplicable',
      reason: 'notCollectedYet',
    });
  });

  it('cannot tell without a digest', () => {
    expect(run(factsWithImage({ digest: undefined }))).toMatchObject({
      outcome: 'unknown',
      reason: 'digestUnknown',
    });
  });
});
