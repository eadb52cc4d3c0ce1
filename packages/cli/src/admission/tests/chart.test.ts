import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments, parse } from 'yaml';
import { admissionConfigSchema } from '../config';
import { findProgram } from '../__testUtils__/findProgram';

const CHART = resolve(
  __dirname,
  '../../../../../deploy/charts/supply-chain-admission',
);

// Neither in the registry of packages nor needed for anything else: where it is installed, it is used.
const helm = findProgram('helm', 'HELM');
const describeWithHelm = helm ? describe : describe.skip;

jest.setTimeout(60_000);

type KubernetesObject = {
  kind: string;
  metadata: { name: string };
  // The templates write what the API takes; a test reads what it asks about.
  [field: string]: any;
};

const BASE = {
  cluster: 'prod-eu',
  image: { repository: 'registry.acme.example/security/admission' },
  policies: { 'policy.yaml': 'kind: x\n', 'cosign.pub': 'PEM\nPEM\n' },
};

const FULL = {
  ...BASE,
  image: { ...BASE.image, digest: `sha256:${'a'.repeat(64)}` },
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
  networkPolicy: { enabled: true, apiServerCidrs: ['10.0.0.1/32'] },
  serviceMonitor: { enabled: true },
};

describeWithHelm('the chart', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'chart-'));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  function run(command: string[], values: object): string {
    const file = join(directory, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    return execFileSync(helm!, [...command, '--values', file], {
      encoding: 'utf8',
      env: { ...process.env, HOME: directory },
      stdio: 'pipe',
    });
  }

  function render(values: object): KubernetesObject[] {
    const text = run(
      ['template', 'gate', CHART, '--namespace', 'supply-chain'],
      values,
    );
    return parseAllDocuments(text)
      .map(document => {
        expect(document.errors).toEqual([]);
        return document.toJS();
      })
      .filter(Boolean);
  }

  const oneOf = (objects: KubernetesObject[], kind: string, suffix = '') =>
    objects.find(
      each => each.kind === kind && each.metadata.name.endsWith(suffix),
    )!;

  const configOf = (objects: KubernetesObject[]) => {
    const { data } = oneOf(objects, 'ConfigMap', 'supply-chain-admission');
    return admissionConfigSchema.parse(parse(data['admission.yaml']));
  };

  it('has nothing to complain about', () => {
    expect(run(['lint', '--strict', CHART], BASE)).toContain(
      '0 chart(s) failed',
    );
  });

  it('writes a configuration the webhook takes, with as little as can be given', () => {
    const objects = render(BASE);
    expect(configOf(objects)).toMatchObject({
      cluster: 'prod-eu',
      mutate: false,
      policies: ['/etc/supply-chain/policies/policy.yaml'],
    });
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      'Certificate',
      'ConfigMap',
      'ConfigMap',
      'Deployment',
      'Issuer',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
      'ValidatingWebhookConfiguration',
    ]);
    const { spec } = oneOf(objects, 'Deployment');
    expect(spec.replicas).toBe(2);
    expect(spec.template.spec.automountServiceAccountToken).toBe(false);
    expect(oneOf(objects, 'ConfigMap', '-policies').data).toEqual(
      BASE.policies,
    );
  });

  it('writes all that can be given', () => {
    const objects = render(FULL);
    expect(configOf(objects)).toMatchObject({
      mutate: true,
      platforms: FULL.platforms,
      registries: {
        dockerConfig: '/etc/supply-chain/registries/.dockerconfigjson',
        only: FULL.registries.only,
        hosts: [{ host: 'registry.acme.example', allowPrivateAddress: true }],
      },
      feed: {
        url: FULL.feed.url,
        publicKeyFile: '/etc/supply-chain/config/feed.pub',
        tokenFile: '/etc/supply-chain/feed/token',
      },
      limits: { requests: 100 },
    });
    expect(
      oneOf(objects, 'ConfigMap', 'supply-chain-admission').data['feed.pub'],
    ).toBe(FULL.feed.publicKey);
    const { spec } = oneOf(objects, 'Deployment').spec.template;
    expect(spec.containers[0].image).toBe(
      `registry.acme.example/security/admission@sha256:${'a'.repeat(64)}`,
    );
    const mounted = spec.containers[0].volumeMounts.map(
      ({ name }: { name: string }) => name,
    );
    expect(mounted.sort()).toEqual(
      spec.volumes.map(({ name }: { name: string }) => name).sort(),
    );
    expect(oneOf(objects, 'NetworkPolicy').spec.ingress[0].from).toEqual([
      { ipBlock: { cidr: '10.0.0.1/32' } },
    ]);
  });

  it('registers both webhooks, and never for its own namespace', () => {
    const objects = render(FULL);
    for (const [kind, path] of [
      ['ValidatingWebhookConfiguration', '/validate'],
      ['MutatingWebhookConfiguration', '/mutate'],
    ]) {
      const [webhook] = oneOf(objects, kind).webhooks;
      expect(webhook).toMatchObject({
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        timeoutSeconds: 5,
        clientConfig: {
          service: { namespace: 'supply-chain', path },
          caBundle: Buffer.from('CA PEM').toString('base64'),
        },
        namespaceSelector: {
          matchExpressions: [
            {
              key: 'kubernetes.io/metadata.name',
              operator: 'NotIn',
              values: ['kube-system', 'flux-system', 'supply-chain'],
            },
            { key: 'team', operator: 'Exists' },
          ],
        },
      });
      expect(
        webhook.rules.flatMap(
          ({ resources }: { resources: string[] }) => resources,
        ),
      ).toEqual([
        'pods',
        'pods/ephemeralcontainers',
        'podtemplates',
        'replicationcontrollers',
        'deployments',
        'statefulsets',
        'daemonsets',
        'replicasets',
        'jobs',
        'cronjobs',
      ]);
    }
  });

  it.each([
    ['cluster is needed', { ...BASE, cluster: '' }],
    ['image.repository is needed', { ...BASE, image: {} }],
    ['policies', { ...BASE, policies: {} }],
    ['ends in .yaml', { ...BASE, policies: { 'cosign.pub': 'PEM' } }],
    ['tls.secretName is needed', { ...BASE, tls: { source: 'secret' } }],
    ['must be cert-manager or secret', { ...BASE, tls: { source: 'none' } }],
    [
      'feed.publicKey is needed',
      { ...BASE, feed: { url: 'https://portal.acme.example' } },
    ],
  ])('does not render when %s', (message, values) => {
    expect(() => render(values)).toThrow(message);
  });
});

if (!helm) {
  it.todo('tests of the chart need helm on the PATH, or named by HELM');
}
