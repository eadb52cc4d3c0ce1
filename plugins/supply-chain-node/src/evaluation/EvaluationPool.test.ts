import {
  Digest,
  evaluatePolicies,
  PolicyFacts,
  PolicySet,
  policySetFromBundles,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationPool } from './EvaluationPool';

const NOW = new Date('2026-11-23T12:00:00Z');

function policySetOf(text: string): PolicySet {
  const result = policySetFromBundles([
    { source: 'policy.yaml', fromUrl: false, text, files: {} },
  ]);
  if (!result.ok) {
    throw new Error(JSON.stringify(result.problems));
  }
  return result.policySet;
}

function policiesOf(text: string): SupplyChainPolicy[] {
  return policySetOf(text).policies;
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

/** Facts with as many vulnerabilities as rules may see. */
function scannedFacts(repository: string): PolicyFacts {
  const digest = `sha256:${'1'.repeat(64)}` as Digest;
  const facts = factsOf(repository);
  return {
    ...facts,
    image: { ...facts.image, digest, digestSource: 'imageID' },
    origin: {
      subject: { type: 'image', repository, digest },
      collector: 'origin',
      kind: 'origin',
      status: 'present',
      observedAt: NOW.toISOString(),
      detail: {
        kind: 'manifest',
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        sizeBytes: 1,
        children: [],
        parents: [],
        tags: [],
      },
    },
    scans: [
      {
        subject: { type: 'content', digest },
        collector: 'trivy',
        kind: 'vulnerabilities',
        status: 'present',
        observedAt: NOW.toISOString(),
        detail: {
          scanner: { name: 'Trivy' },
          scannedAt: NOW.toISOString(),
          artifact: { repository, digest },
          findings: Array.from({ length: 200 }, (_, count) => ({
            id: `CVE-2026-${count}`,
            packageName: 'openssl'.repeat(20),
            installedVersion: '1',
            severity: 'critical',
          })),
        },
      },
    ],
  };
}

describe('EvaluationPool', () => {
  let pool: EvaluationPool;

  afterEach(async () => {
    await pool.close();
  });

  it('answers every item in order, just as the evaluator does in this thread', async () => {
    pool = EvaluationPool.create({ threads: 2 });
    const repositories = ['registry.acme.example/shop/web', 'docker.io/nginx'];
    const items = Array.from({ length: 30 }, (_, index) => ({
      facts: factsOf(repositories[index % 2]),
      now: NOW,
    }));

    const answers = await pool.evaluate({
      policies: POLICIES,
      trustRoots: [],
      items,
    });

    expect(answers.map(({ outcome }) => outcome)).toEqual(
      items.map((_, index) => (index % 2 === 0 ? 'pass' : 'fail')),
    );
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

  const SLOW = `vulnerabilities.all(a, vulnerabilities.all(b, !(a.id + b.id + a.package).matches("[^x]{400}[^y]{400}")))`;
  const BOMB =
    '!(image.reference + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!").matches("^(a+)+$")';

  it('lets a rule that takes too long not tell, on every image, and the others answer (L19)', async () => {
    pool = EvaluationPool.create({ threads: 1 });
    const policies = policiesOf(`
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: own }
spec:
  rules:
    - use: registry-allowed
      with: { allow: ["registry.acme.example/**"] }
    - { id: slow, title: Slow, message: Slow, expression: ${JSON.stringify(
      SLOW,
    )} }
    - { id: bomb, title: Bomb, message: Bomb, expression: ${JSON.stringify(
      BOMB,
    )} }
${Array.from(
  { length: 20 },
  (_, count) =>
    `    - { id: own-${count}, title: Own, message: Own, expression: 'scan.critical == ${
      200 - (count % 2)
    }' }`,
).join('\n')}
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: other }
spec:
  rules:
    - { id: slow, title: Not slow, message: Not slow, expression: image.own }
`);
    const items = Array.from({ length: 6 }, (_, count) => ({
      facts: scannedFacts(`registry.acme.example/shop/web-${count}`),
      now: NOW,
    }));

    const answers = await pool.evaluate({ policies, trustRoots: [], items });

    for (const { decided, verdicts } of answers) {
      expect(decided).toBe(false);
      const [{ findings: other }, { findings: own }] = verdicts;
      const outcomes = [...own, ...other].map(
        ({ ruleId, outcome, reason }) =>
          `${ruleId} ${[outcome, reason].filter(Boolean).join(' ')}`,
      );
      expect(outcomes).toContain('slow unknown ruleTimeout');
      expect(outcomes.filter(each => each.includes('unknown'))).toHaveLength(1);
      expect(outcomes).toContain('registry-allowed pass');
      expect(outcomes).toContain('bomb pass');
      expect(outcomes).toContain('slow pass');
      expect(outcomes.filter(each => each.startsWith('own-'))).toHaveLength(20);
      expect(outcomes).toContain('own-18 pass');
      expect(outcomes).toContain('own-19 fail expressionFalse');
    }
    // The slow one is stopped three times; after that nobody waits for it.
  });

  it('lets a rule not tell on the one image it takes too long for, and on none whose answer waited to be sent', async () => {
    pool = EvaluationPool.create({ threads: 1 });
    const policies = policiesOf(`
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: own }
spec:
  rules:
    - { id: slow, title: Slow, message: Slow, expression: ${JSON.stringify(
      SLOW,
    )} }
`);
    const quick = scannedFacts('registry.acme.example/shop/web');
    quick.scans[0].detail!.findings = [];
    const slow = scannedFacts('registry.acme.example/shop/slow');

    const answers = await pool.evaluate({
      policies,
      trustRoots: [],
      items: [quick, quick, slow, quick].map(facts => ({ facts, now: NOW })),
    });

    expect(
      answers.map(({ decided, outcome, reason }) => ({
        decided,
        outcome,
        reason,
      })),
    ).toEqual([
      { decided: true, outcome: 'pass' },
      { decided: true, outcome: 'pass' },
      { decided: false, outcome: 'unknown', reason: 'ruleTimeout' },
      { decided: true, outcome: 'pass' },
    ]);
  });

  it('does not keep what a rule ended with an error', async () => {
    pool = EvaluationPool.create();
    const policies = policiesOf(`
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: own }
spec:
  rules:
    - { id: broken, title: Broken, message: Broken, expression: 1 / size(image.platform) > 0 }
`);
    await expect(
      pool.evaluate({
        policies,
        trustRoots: [],
        items: [{ facts: factsOf('docker.io/library/nginx'), now: NOW }],
      }),
    ).resolves.toMatchObject([
      { decided: false, verdicts: [{ findings: [{ reason: 'ruleError' }] }] },
    ]);
  });

  it('keeps its thread when facts are no JSON', async () => {
    pool = EvaluationPool.create();
    const facts = factsOf('registry.acme.example/shop/web');
    const imageRef = 1n as unknown as string;
    const broken = { ...facts, image: { ...facts.image, imageRef } };
    const evaluate = (each: PolicyFacts, now = NOW) =>
      pool.evaluate({
        policies: POLICIES,
        trustRoots: [],
        items: [{ facts: each, now }],
      });

    await expect(evaluate(broken)).rejects.toThrow('BigInt');
    await expect(evaluate(facts, new Date(NaN))).rejects.toThrow('time');
    await expect(evaluate(facts)).resolves.toMatchObject([{ decided: true }]);
  });

  it('starts its threads in a process with options of V8', async () => {
    const { execArgv } = process;
    process.execArgv = [...execArgv, '--max-semi-space-size=16'];
    try {
      pool = EvaluationPool.create();
      await expect(
        pool.evaluate({
          policies: POLICIES,
          trustRoots: [],
          items: [
            { facts: factsOf('registry.acme.example/shop/web'), now: NOW },
          ],
        }),
      ).resolves.toMatchObject([{ outcome: 'pass' }]);
    } finally {
      process.execArgv = execArgv;
    }
  });

  it('cannot tell when the evaluator throws, and still answers the other items', async () => {
    pool = EvaluationPool.create();
    const { policies, trustRoots } = policySetOf(`
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: release }
spec: { contentTrust: { server: "https://notary.acme.example", trustOnFirstUse: true } }
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: own }
spec:
  trust: [release]
  rules:
    - use: registry-allowed
      with: { allow: ["registry.acme.example/**"] }
`);
    const whole = scannedFacts('registry.acme.example/shop/web');
    const broken = { ...whole, signatures: null as never };

    const answers = await pool.evaluate({
      policies,
      trustRoots,
      items: [
        { facts: broken, now: NOW },
        { facts: whole, now: NOW },
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
