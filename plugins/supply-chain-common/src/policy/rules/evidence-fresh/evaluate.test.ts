import {
  facts,
  factsWithImage,
  keyRoot,
  NOW,
  origin,
  policy,
  signatures,
} from '../../../testing/exampleFacts';
import { provenance } from '../../../testing/exampleProvenance';
import { PolicyFacts } from '../../types';
import { evidenceFreshDefinition } from './definition';
import { evaluateEvidenceFresh } from './evaluate';

const LONG_AGO = '2026-11-01T00:00:00Z';
const FAILED = {
  failedAt: '2026-11-20T11:30:00Z',
  reason: 'registryRefused',
} as const;

const complete = facts({ provenance: provenance([]) });

function evaluate(
  about: PolicyFacts = complete,
  parameters: unknown = {},
  overrides: Parameters<typeof policy>[0] = {},
) {
  return evaluateEvidenceFresh({
    facts: about,
    policy: policy(overrides),
    trustRoots: [keyRoot('release', 'pem')],
    now: NOW,
    parameters: evidenceFreshDefinition.parameters.parse(parameters),
  });
}

describe('evidence-fresh', () => {
  it('passes while everything was looked for within the time allowed, until the first is too old', () => {
    expect(evaluate()).toEqual({
      outcome: 'pass',
      message:
        'What the rule asks about "registry.acme.example/shop/web:1.0.0" was looked for within the time allowed.',
      facts: {
        signatureObservedAt: '2026-11-20T11:00:00Z',
        provenanceObservedAt: '2026-11-20T11:00:00Z',
        originObservedAt: '2026-11-20T11:00:00Z',
      },
      nextChangeAt: '2026-11-21T11:00:00.000Z',
    });
  });

  it('fails when nobody has looked for too long', () => {
    expect(
      evaluate({ ...complete, origin: { ...origin(), observedAt: LONG_AGO } }),
    ).toMatchObject({
      outcome: 'fail',
      reason: 'evidenceStale',
      message:
        'The last look at the manifest of "registry.acme.example/shop/web:1.0.0" was at 2026-11-01T00:00:00Z, more than 24 hours ago.',
      remediation: { who: 'platformTeam', action: 'retryRegistry' },
    });
    expect(evaluate(complete, { maxAgeHours: { signature: 1 } })).toMatchObject(
      { outcome: 'fail', facts: { signatureObservedAt: expect.any(String) } },
    );
    expect(
      evaluate(complete, { maxAgeHours: { signature: 1.001 } }),
    ).toMatchObject({ outcome: 'pass' });
  });

  it('cannot tell when what is too old cannot be looked for (L6, L8)', () => {
    const stale = { ...origin(), observedAt: LONG_AGO, lastLook: FAILED };
    expect(evaluate({ ...complete, origin: stale })).toMatchObject({
      outcome: 'unknown',
      reason: 'registryRefused',
      message:
        'The last look at the manifest of "registry.acme.example/shop/web:1.0.0" failed: registryRefused. The one before was at 2026-11-01T00:00:00Z, more than 24 hours ago.',
      remediation: { action: 'grantPullAccess' },
    });
  });

  it('warns when the last look failed and the one before still stands (L6)', () => {
    expect(
      evaluate({ ...complete, origin: { ...origin(), lastLook: FAILED } }),
    ).toMatchObject({
      outcome: 'warn',
      reason: 'registryRefused',
      nextChangeAt: '2026-11-21T11:00:00.000Z',
    });
  });

  it('cannot tell when nothing was found out', () => {
    expect(evaluate(facts())).toMatchObject({
      outcome: 'unknown',
      reason: 'notCollectedYet',
    });
    const refused = signatures([], {
      evidence: {
        status: 'unavailable',
        reason: 'registryRefused',
        detail: undefined,
      },
    });
    expect(evaluate({ ...complete, signatures: [refused] })).toMatchObject({
      outcome: 'unknown',
      reason: 'registryRefused',
      message:
        'The last look for signatures of "registry.acme.example/shop/web:1.0.0" gave no answer: registryRefused.',
    });
    const silent = { ...origin(), status: 'unavailable' } as const;
    expect(evaluate({ ...complete, origin: silent })).toMatchObject({
      outcome: 'unknown',
      reason: 'notCollectedYet',
    });
    expect(evaluate(factsWithImage({ digest: undefined }))).toMatchObject({
      outcome: 'unknown',
      reason: 'digestUnknown',
    });
  });

  it('asks about the kinds named, and of signatures about the systems the trust roots accept', () => {
    const old = { ...origin(), observedAt: LONG_AGO };
    const signatureOnly = { maxAgeHours: { signature: 24 } };
    const about = facts({ origin: old });
    expect(evaluate(about, signatureOnly).outcome).toBe('pass');
    const notation = signatures([], {
      evidence: {
        collector: 'notation',
        observedAt: LONG_AGO,
        detail: undefined,
      },
    });
    const both = { ...about, signatures: [notation, ...about.signatures] };
    expect(evaluate(both, signatureOnly).outcome).toBe('pass');
    expect(evaluate(both, signatureOnly, { trust: undefined }).outcome).toBe(
      'fail',
    );
    expect(
      evaluate({ ...about, signatures: [] }, signatureOnly, {
        trust: undefined,
      }).reason,
    ).toBe('notCollectedYet');
    expect(
      evaluate(about, signatureOnly, { trust: { type: 'any', of: ['gone'] } })
        .reason,
    ).toBe('notCollectedYet');
  });

  it('needs a kind', () => {
    expect(
      evidenceFreshDefinition.parameters.safeParse({ maxAgeHours: {} }).success,
    ).toBe(false);
  });
});
