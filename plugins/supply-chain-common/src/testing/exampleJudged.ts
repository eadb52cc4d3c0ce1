import { RunningImage } from '../model/runningImage';
import { evaluatePolicies } from '../policy/evaluation/evaluatePolicies';
import { PolicyFacts, SupplyChainPolicy } from '../policy/types';
import { JudgedImage } from '../summary/JudgedImage';
import { judgeImage } from '../summary/judgeImage';
import {
  DIGEST,
  facts,
  keyRoot,
  NOW,
  OTHER_DIGEST,
  policy,
  REPOSITORY,
  rule,
  scan,
  signatures,
  vulnerability,
} from './exampleFacts';

// Judged images for tests of summaries; nothing outside tests imports this file.

export const POLICY = policy({
  platformImages: ['registry.acme.example/mesh/*'],
  ownImages: ['registry.acme.example/**'],
  rules: [
    rule(
      'image-signed',
      { allowViaIndex: true, allowFirstUse: false },
      { severity: 'critical' },
    ),
    rule('registry-allowed', { allow: ['registry.acme.example/**'] }),
    rule('digest-pinned', { movingTags: ['latest'] }, { severity: 'medium' }),
    rule('scan-fresh', { maxAgeHours: 24 }, { severity: 'medium' }),
    rule(
      'no-fixable-vulnerability',
      { severity: 'critical', leewayDays: 10, since: 'firstFixable' },
      { severity: 'critical' },
    ),
  ],
});
export const ROOTS = [keyRoot('release', 'pem')];
export const PINNED = `${REPOSITORY}@${DIGEST}`;
export const UNSIGNED = [signatures([])];
export const CRITICAL = [
  vulnerability(),
  vulnerability({ severity: 'high', id: 'CVE-2' }),
];

/** What differs from an image about which all is well. */
type Example = {
  image?: Partial<RunningImage>;
  facts?: Partial<PolicyFacts>;
  running?: boolean;
  policies?: SupplyChainPolicy[];
  now?: Date;
};

export function judge(example: Example = {}): JudgedImage {
  const now = example.now ?? NOW;
  const image: Omit<RunningImage, 'entityRefs'> = {
    cluster: 'prod-eu',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'web' },
    container: 'web',
    containerType: 'app',
    imageRef: PINNED,
    repository: REPOSITORY,
    digest: DIGEST,
    digestSource: 'imageID',
    platform: 'linux/amd64',
    started: true,
    pods: 2,
    controllers: [],
    firstSeen: '2026-11-01T00:00:00Z',
    lastSeen: '2026-11-20T11:59:00Z',
    ...example.image,
  };
  const given: PolicyFacts = {
    ...facts(example.facts),
    image,
    where: { cluster: image.cluster, namespace: image.namespace },
  };
  const policies = example.policies ?? [POLICY];
  return judgeImage({
    image,
    running: example.running ?? true,
    facts: given,
    policies,
    trustRoots: ROOTS,
    evaluation: evaluatePolicies({
      facts: given,
      policies,
      trustRoots: ROOTS,
      now,
    }),
    now,
  });
}

export const good = judge();
export const unsigned = judge({
  image: {
    imageRef: `${REPOSITORY}/api:1.0`,
    repository: `${REPOSITORY}/api`,
    digest: OTHER_DIGEST,
    container: 'api',
  },
  facts: { signatures: UNSIGNED, scans: [] },
});
export const vulnerable = judge({
  image: {
    imageRef: `${REPOSITORY}/job@${DIGEST}`,
    repository: `${REPOSITORY}/job`,
    cluster: 'prod-us',
    container: 'job',
  },
  facts: { scans: [scan({ findings: CRITICAL })] },
});
export const neverStarted = judge({
  image: {
    imageRef: `${REPOSITORY}/new:1`,
    repository: `${REPOSITORY}/new`,
    digest: undefined,
    digestSource: 'none',
    started: false,
    waitingReason: 'ImagePullBackOff',
  },
});
export const ALL = [good, unsigned, vulnerable, neverStarted];
