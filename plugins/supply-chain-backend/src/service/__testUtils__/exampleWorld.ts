import {
  assemblePolicySet,
  parsePolicyDocuments,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  EXAMPLE_KEY_PEM,
  HIDDEN_PROXY,
  hiddenScanOf,
  IMAGES,
  originOf,
  provenanceOf,
  sbomOf,
  scanOf,
  signatureOf,
} from './exampleEvidence';
import { hoursAgo, RunOptions, StoredWorld } from './StoredWorld';

/** One key, and a policy with a rule for every question. */
export function examplePolicySet(): PolicySet {
  const parsed = parsePolicyDocuments({
    text: `
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: acme-release-key }
spec:
  keys: [{ inline: ${JSON.stringify(EXAMPLE_KEY_PEM)} }]
  transparencyLog: none
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: baseline }
spec:
  trust: [acme-release-key]
  sourceRepositories: ['https://github.com/acme/*']
  rules:
    - use: image-signed
    - use: built-from-own-repository
    - use: registry-allowed
      with: { allow: ['registry.acme.example/**'] }
    - use: scan-fresh
    - use: no-fixable-vulnerability
`,
    source: 'policy.yaml',
    fromUrl: false,
    readFile: () => ({ error: 'no files' } as never),
  });
  const set = assemblePolicySet(parsed.ok ? parsed.documents : []);
  if (!parsed.ok || !set.ok) {
    throw new Error(JSON.stringify([parsed, set]));
  }
  return set.policySet;
}

const VISIBLE = {
  payments: 'component:default/payments-api',
  batch: 'component:default/old-batch',
};

/** Entities and refs of the example world. */
export const REFS = {
  ...VISIBLE,
  unseen: 'component:default/not-deployed',
  plain: 'component:default/plain',
  hidden: 'component:default/ledger-vault',
};

/** Texts that only the hidden entity brings into the world. */
export const HIDDEN_TEXTS = [
  'ledger',
  'vault',
  'treasury',
  'classified',
  IMAGES.ledger.digest,
  HIDDEN_PROXY.digest,
];

/** Options of {@link fillExampleWorld}. */
export type ExampleWorldOptions = {
  knex: Knex;
  policySet: PolicySet;
  /** Whether the hidden entity, and everything it brings, is part of the world. */
  hidden: boolean;
};

/** Fills an empty database with services, images, evidence and history. */
export async function fillExampleWorld(
  options: ExampleWorldOptions,
): Promise<StoredWorld> {
  const world = new StoredWorld(options);
  await addVisible(world, options.hidden);
  if (options.hidden) {
    await addHidden(world);
  }
  await world.summarise();
  return world;
}

const SHOP = { cluster: 'prod-eu', namespace: 'shop' };

async function addVisible(world: StoredWorld, hidden: boolean): Promise<void> {
  await world.addEntity({
    name: 'payments-api',
    title: 'Payments',
    owner: 'group:default/team-payments',
    system: 'system:default/shop',
    lifecycle: 'production',
    annotations: { 'backstage.io/kubernetes-id': 'payments' },
  });
  await world.addEntity({
    name: 'old-batch',
    owner: 'group:default/team-checkout',
    annotations: { 'backstage.io/kubernetes-id': 'batch' },
  });
  await world.addEntity({
    name: 'not-deployed',
    owner: 'group:default/team-checkout',
    annotations: { 'backstage.io/kubernetes-id': 'not-deployed' },
  });
  await world.addEntity({
    name: 'plain',
    owner: 'group:default/team-checkout',
  });
  await world.addRun({
    ...SHOP,
    ...IMAGES.payments,
    workload: 'payments',
    tag: '1.2.3',
    entityRefs: [REFS.payments],
    signatures: [signatureOf(IMAGES.payments)],
    provenance: provenanceOf(IMAGES.payments),
    scans: [scanOf(IMAGES.payments)],
  });
  await world.addRun(proxyOf('payments', REFS.payments));
  await addBatch(world);
  await world.addRun({
    cluster: 'prod-eu',
    namespace: 'tools',
    ...IMAGES.tool,
    workload: 'cron',
    tag: '7',
    entityRefs: [],
    labels: { app: 'cron' },
  });
  await addEvidence(world, hidden);
  await addPolicyReports(world);
  await addComplianceOf(world, SHOP.cluster);
  await addHistory(world);
  await addSources(world);
}

function proxyOf(workload: string, entityRef: string): RunOptions {
  return {
    ...SHOP,
    ...IMAGES.proxy,
    workload,
    tag: '2',
    entityRefs: [entityRef],
  };
}

async function addBatch(world: StoredWorld): Promise<void> {
  const batch = {
    ...SHOP,
    ...IMAGES.batch,
    workload: 'batch',
    entityRefs: [REFS.batch],
    running: false,
  };
  await world.addRun({ ...batch, tag: '4', lastSeen: hoursAgo(5) });
}

async function addEvidence(world: StoredWorld, hidden: boolean): Promise<void> {
  await world.addEvidence(signatureOf(IMAGES.payments));
  await world.addEvidence(originOf(IMAGES.payments, ['1.2.3']));
  await world.addEvidence(
    originOf(IMAGES.proxy, hidden ? ['2', 'vault-tag'] : ['2']),
  );
  await world.addReport({
    ...SHOP,
    workload: 'payments',
    evidence: scanOf(IMAGES.payments),
  });
  await world.addSbom({
    ...SHOP,
    workload: 'payments',
    evidence: sbomOf(IMAGES.payments),
  });
}

/** Three objects of one workload that violate one policy, and results that repeat a scan. */
async function addPolicyReports(world: StoredWorld): Promise<void> {
  const violation = {
    source: 'kyverno',
    policy: 'disallow-latest-tag',
    rule: 'validate-image-tag',
    result: 'fail',
    severity: 'medium',
    observedAt: hoursAgo(1),
  } as const;
  const objects = [
    ['Deployment', 'payments'],
    ['ReplicaSet', 'payments-1'],
    ['Pod', 'payments-1-abc'],
  ];
  for (const [kind, name] of objects) {
    await world.addPolicyReport({
      ...SHOP,
      kind,
      name,
      detail: {
        results: [
          { ...violation, message: `${kind} ${name} uses a moving tag` },
          { ...violation, rule: 'require-tag', result: 'pass' },
        ],
        leftOut: [
          {
            reason: 'policyResultsOfScanner',
            source: 'Trivy Vulnerability',
            results: 12,
          },
        ],
      },
    });
  }
}

async function addHistory(world: StoredWorld): Promise<void> {
  await world.addHistory({
    at: hoursAgo(48),
    kind: 'firstSeen',
    ...IMAGES.payments,
  });
  await world.addHistory({
    at: hoursAgo(4),
    kind: 'verdict',
    ...IMAGES.payments,
    entity_ref: REFS.payments,
    outcome: 'fail',
    previous_outcome: 'pass',
    reason: 'fixableVulnerability',
    policy: 'baseline',
  });
  await world.addHistory({
    at: hoursAgo(4),
    kind: 'provenance',
    ...IMAGES.payments,
    entity_ref: REFS.payments,
    status: 'verified',
    previous_status: 'absent',
    level: 1,
    previous_level: 0,
    source: 'https://github.com/acme/payments',
  });
  await world.addHistory({
    at: hoursAgo(3),
    kind: 'service',
    entity_ref: REFS.payments,
    outcome: 'fail',
    previous_outcome: 'pass',
    reason: 'fixableVulnerability',
    image_ref: `${IMAGES.payments.repository}:1.2.3`,
  });
}

async function addSources(world: StoredWorld): Promise<void> {
  const well = { state: 'ok', last_success_at: hoursAgo(0) };
  await world.addSource({
    ...well,
    kind: 'cluster',
    name: 'prod-eu',
    feed: 'kubernetes',
    items: 3,
  });
  await world.addSource({
    kind: 'scanner',
    name: 'prod-eu',
    state: 'down',
    reason: 'clusterForbidden',
    message: 'No right to list vulnerabilityreports',
  });
  await world.addSource({
    kind: 'policyFile',
    name: 'policy.yaml',
    state: 'ok',
  });
}

async function addHidden(world: StoredWorld): Promise<void> {
  await world.addEntity({
    name: 'ledger-vault',
    title: 'Ledger of the treasury',
    owner: 'group:default/team-vault',
    system: 'system:default/treasury',
    lifecycle: 'classified',
    annotations: { 'backstage.io/kubernetes-id': 'ledger' },
  });
  const vault = {
    cluster: 'vault-west',
    namespace: 'vault-ns',
    entityRefs: [REFS.hidden],
    firstSeen: hoursAgo(1_000),
  };
  await world.addRun({
    ...vault,
    ...IMAGES.ledger,
    workload: 'ledger',
    tag: '9',
    signatures: [signatureOf(IMAGES.ledger)],
    scans: [hiddenScanOf(IMAGES.ledger)],
  });
  await world.addRun({
    ...vault,
    ...IMAGES.proxy,
    workload: 'vault-proxy',
    tag: 'vault-tag',
  });
  await world.addRun({
    ...vault,
    ...HIDDEN_PROXY,
    workload: 'vault-proxy',
    tag: 'vault-tag-before',
    running: false,
  });
  await world.addEvidence(signatureOf(IMAGES.ledger));
  await world.addSbom({
    ...vault,
    workload: 'ledger',
    evidence: sbomOf(IMAGES.ledger, [{ name: 'vault-sdk' }]),
  });
  const { detail, ...refused } = sbomOf(IMAGES.proxy);
  await world.addSbom({
    ...vault,
    workload: 'vault-proxy',
    evidence: {
      ...refused,
      status: 'invalid',
      reason: 'malformedReport',
      message: 'a classified component has no name',
    },
  });
  await world.addPolicyReport({
    cluster: vault.cluster,
    namespace: vault.namespace,
    kind: 'Deployment',
    name: 'vault-proxy',
    detail: {
      results: [
        {
          source: 'kyverno',
          policy: 'classified',
          result: 'fail',
          message: 'the ledger of the treasury',
          observedAt: hoursAgo(1),
        },
      ],
      leftOut: [],
    },
  });
  await addComplianceOf(world, vault.cluster);
  await addHiddenChecks(world, vault);
  await addHiddenWaiver(world);
  await addHiddenHistory(world);
  await addHiddenSources(world);
}

async function addHiddenWaiver(world: StoredWorld): Promise<void> {
  const place = { entityRef: REFS.hidden, ...IMAGES.proxy };
  await world.addWaiver({
    id: 'vault-waiver',
    state: 'pending',
    about: { ...place, policy: 'baseline', rule: 'scan-fresh' },
    scope: { ...IMAGES.proxy, entity: REFS.hidden },
    reasons: ['notScanned'],
    includeUnknown: true,
    reason: 'The vault is scanned elsewhere',
    requestedBy: 'user:default/keeper-of-the-vault',
    requestedAt: hoursAgo(1),
    expires: hoursAgo(-100),
  });
}

async function addHiddenHistory(world: StoredWorld): Promise<void> {
  await world.addHistory({
    at: hoursAgo(1_000),
    kind: 'firstSeen',
    ...IMAGES.proxy,
  });
  await world.addHistory({
    at: hoursAgo(2),
    kind: 'verdict',
    ...IMAGES.proxy,
    entity_ref: REFS.hidden,
    outcome: 'unknown',
    policy: 'vault-policy',
  });
  await world.addHistory({
    at: hoursAgo(2),
    kind: 'service',
    entity_ref: REFS.hidden,
    outcome: 'unknown',
    reason: 'notCollectedYet',
  });
}

/** How far a cluster meets a framework, and a role that belongs to no namespace. */
async function addComplianceOf(
  world: StoredWorld,
  cluster: string,
): Promise<void> {
  const of = {
    collector: 'trivy-checks',
    status: 'present',
    observedAt: hoursAgo(1),
  } as const;
  await world.addClusterReport('clustercompliancereports/nsa', {
    ...of,
    subject: { type: 'cluster', cluster },
    kind: 'compliance',
    detail: {
      framework: { id: 'nsa', title: 'NSA Hardening' },
      controls: [
        { id: '1.0', name: 'Non-root', status: 'fail', failed: 3 },
        { id: '2.0', name: 'Ask people', status: 'notEvaluated' },
      ],
    },
  });
  await world.addClusterReport('clusterrbacassessmentreports/view', {
    ...of,
    subject: {
      type: 'cluster',
      cluster,
      object: { kind: 'ClusterRole', name: 'view' },
    },
    kind: 'policyReport',
    detail: {
      topic: 'rbac',
      results: [{ policy: 'KSV041', result: 'fail', observedAt: hoursAgo(1) }],
      leftOut: [],
    },
  });
}

/** Of the hidden workload, and of a role whose name tells of it. */
async function addHiddenChecks(
  world: StoredWorld,
  place: { cluster: string; namespace: string },
): Promise<void> {
  const result = {
    policy: 'KSV113',
    result: 'fail',
    message: 'Role of the ledger of the treasury',
    observedAt: hoursAgo(1),
  } as const;
  await world.addPolicyReport({
    ...place,
    kind: 'Role',
    name: 'vault-keeper',
    detail: { topic: 'rbac', results: [result], leftOut: [] },
  });
  await world.addPolicyReport({
    ...place,
    kind: 'ReplicaSet',
    name: 'ledger-1',
    detail: { topic: 'secrets', results: [result], leftOut: [] },
  });
}

async function addHiddenSources(world: StoredWorld): Promise<void> {
  await world.addSource({
    kind: 'cluster',
    name: 'vault-west',
    state: 'degraded',
    reason: 'malformedAnswer',
    message: 'vault-ns/ledger: no containers',
    items: 9,
  });
  await world.addSource({
    kind: 'enforcer',
    name: 'vault-west',
    state: 'degraded',
    reason: 'malformedAnswer',
    message: 'vault-ns/ledger: has a scope that is no object reference',
    last_success_at: hoursAgo(1),
    items: 9,
  });
  await world.addSource({
    kind: 'registry',
    name: 'registry.vault.example',
    state: 'down',
    reason: 'registryRefused',
    message:
      '1 of 1 repositories, for instance registry.vault.example/secret/ledger',
  });
}
