import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { findProgram } from './findProgram';

/** The folder of the chart. */
export const CHART = resolve(
  __dirname,
  '../../../../../deploy/charts/supply-chain-admission',
);

/** Neither in the registry of packages nor needed for anything else: where it is installed, it is used. */
export const HELM = findProgram('helm', 'HELM');

// A helm that was not built for a release takes a very old one.
const KUBERNETES = ['--kube-version', '1.33.0'];

/** An object a chart writes. */
export type RenderedObject = {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  // The templates write what the API takes; a test reads what it asks about.
  [field: string]: any;
};

/** Runs helm with values; throws with what it said when it fails. */
export function runHelm(command: string[], values: object): string {
  const directory = mkdtempSync(join(tmpdir(), 'chart-'));
  try {
    const file = join(directory, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    return execFileSync(HELM!, [...command, ...KUBERNETES, '--values', file], {
      encoding: 'utf8',
      env: { ...process.env, HOME: directory },
      stdio: 'pipe',
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The objects the chart writes for some values. */
export function renderChart(
  values: object,
  namespace = 'supply-chain',
): RenderedObject[] {
  const text = runHelm(
    ['template', 'gate', CHART, '--namespace', namespace],
    values,
  );
  return parseAllDocuments(text)
    .map(document => {
      const [error] = document.errors;
      if (error) {
        throw error;
      }
      return document.toJS();
    })
    .filter(Boolean);
}

/** As little as can be given. */
export const LEAST_VALUES = {
  cluster: 'prod-eu',
  image: { repository: 'registry.acme.example/security/admission' },
  policies: { 'policy.yaml': 'kind: x\n', 'cosign.pub': 'PEM\nPEM\n' },
};

/** All that can be given. */
export const ALL_VALUES = {
  ...LEAST_VALUES,
  image: { ...LEAST_VALUES.image, digest: `sha256:${'a'.repeat(64)}` },
  mutate: true,
  failurePolicy: 'Fail',
  platforms: ['linux/amd64', 'linux/arm64'],
  excludedNamespaces: ['kube-system', 'flux-system'],
  namespaceExpressions: [{ key: 'team', operator: 'Exists' }],
  tls: { source: 'secret', secretName: 'own-tls', caBundle: 'CA PEM' },
  registries: {
    dockerConfigSecret: 'pull',
    only: ['registry.acme.example'],
    hosts: [{ host: 'registry.acme.example', allowPrivateAddress: true }],
  },
  feed: {
    url: 'https://portal.acme.example/api/supply-chain/verdicts',
    publicKey: '-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n',
    tokenSecret: 'portal',
  },
  limits: { requests: 100 },
  imagePullSecrets: [{ name: 'pull' }],
  nodeSelector: { role: 'system' },
  tolerations: [{ key: 'system', operator: 'Exists' }],
  podAnnotations: { 'prometheus.io/scrape': 'true' },
  networkPolicy: { enabled: true, apiServerCidrs: ['10.0.0.1/32'] },
  serviceMonitor: { enabled: true },
};
