import {
  evaluatePolicies,
  PolicyFacts,
  policySetFromBundles,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from './EvaluationPool';

const NOW = new Date('2026-11-23T12:00:00Z');

function policiesOf(text: string): SupplyChainPolicy[] {
  const result = policySetFromBundles([
    { source: 'policy.yaml', fromUrl: false, text, files: {} },
  ]);
  if (!result.ok) {
    throw new Error(JSON.stringify(result.problems));
  }
  return result.policySet.policies;
}

const POLICIES = policiesOf(`
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: registries }
spec:
  rules:
    - use: registry-allowed
      with: { allow: ["registry.acme.example/**"] }
`);

function factsOf(repository: string): PolicyFacts {
  return {
    image: {
      imageRef: `${repository}:1.0.0`,
      repository,
      digestSource: 'none',
      started: true,
      containerType: 'app',
    },
    signatures: [],
    scans: [],
    vulnerabilityClocks: [],
  };
}

describe('EvaluationPool', () => {
  let pool: EvaluationPool;

  afterEach(async () => {
    await pool.close();
  });

  it('answers every item in order, just as the evaluator does in this thread', async () => {
    pool = EvaluationPool.create({ threads: 2 });
    const items = [
      { facts: factsOf('registry.acme.example/shop/web'), now: NOW },
      { facts: factsOf('docker.io/library/nginx'), now: NOW },
    ];

    const answers = await pool.evaluate({
      policies: POLICIES,
      trustRoots: [],
      items,
    });

    expect(answers.map(({ outcome }) => outcome)).toEqual(['pass', 'fail']);
    expect(answers.map(({ decided, ...evaluation }) => evaluation)).toEqual(
      items.map(item =>
        evaluatePolicies({ policies: POLICIES, trustRoots: [], ...item }),
      ),
    );
  });

  it('cannot tell when the evaluation takes too long, and goes on with a fresh thread', async () => {
    pool = EvaluationPool.create({ threads: 1, deadlineMs: 1 });
    const endless = factsOf('registry.acme.example/shop/web');
    endless.vulnerabilityClocks = Array.from({ length: 300_000 }, (_, key) => ({
      key: `CVE-${key}`,
      firstSeenAt: NOW.toISOString(),
    }));

    const [late] = await pool.evaluate({
      policies: POLICIES,
      trustRoots: [],
      items: [{ facts: endless, now: NOW }],
    });

    expect(late).toMatchObject({
      outcome: 'unknown',
      decided: false,
      verdicts: [{ findings: [{ outcome: 'unknown', reason: 'ruleTimeout' }] }],
    });
  });

  it('cannot tell when the evaluator throws, and still answers the other items', async () => {
    pool = EvaluationPool.create();
    const broken = factsOf('registry.acme.example/shop/web');
    broken.image = { ...broken.image, imageRef: 1n as unknown as string };

    const answers = await pool.evaluate({
      policies: POLICIES,
      trustRoots: [],
      items: [
        { facts: broken, now: NOW },
        { facts: factsOf('registry.acme.example/shop/web'), now: NOW },
      ],
    });

    expect(answers).toMatchObject([
      {
        outcome: 'unknown',
        decided: false,
        verdicts: [{ findings: [{ reason: 'ruleError' }] }],
      },
      { outcome: 'pass', decided: true },
    ]);
  });

  it('says "no policy" without one', async () => {
    pool = EvaluationPool.create();
    await expect(
      pool.evaluate({
        policies: [],
        trustRoots: [],
        items: [{ facts: factsOf('docker.io/library/nginx'), now: NOW }],
      }),
    ).resolves.toMatchObject([{ outcome: 'unknown', reason: 'noPolicy' }]);
  });

  it('refuses work once it is closed', async () => {
    pool = EvaluationPool.create();
    await pool.close();
    await expect(
      pool.evaluate({
        policies: POLICIES,
        trustRoots: [],
        items: [{ facts: factsOf('docker.io/library/nginx'), now: NOW }],
      }),
    ).rejects.toThrow('The evaluation pool is closed');
  });
});
