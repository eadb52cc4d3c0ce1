import { parse } from 'yaml';
import {
  ALL_VALUES,
  CHART,
  HELM,
  LEAST_VALUES,
  renderChart,
  RenderedObject,
  runHelm,
} from '../__testUtils__/renderChart';
import { admissionConfigSchema } from '../config';

const describeWithHelm = HELM ? describe : describe.skip;

jest.setTimeout(60_000);

describeWithHelm('the chart', () => {
  const oneOf = (objects: RenderedObject[], kind: string, suffix = '') =>
    objects.find(
      each => each.kind === kind && each.metadata.name.endsWith(suffix),
    )!;

  const configOf = (objects: RenderedObject[]) => {
    const { data } = oneOf(objects, 'ConfigMap', 'supply-chain-admission');
    return admissionConfigSchema.parse(parse(data['admission.yaml']));
  };

  it('has nothing to complain about', () => {
    expect(runHelm(['lint', '--strict', CHART], LEAST_VALUES)).toContain(
      '0 chart(s) failed',
    );
  });

  it('writes a configuration the webhook takes, with as little as can be given', () => {
    const objects = renderChart(LEAST_VALUES);
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
      LEAST_VALUES.policies,
    );
  });

  it('writes all that can be given', () => {
    const objects = renderChart(ALL_VALUES);
    expect(configOf(objects)).toMatchObject({
      mutate: true,
      platforms: ALL_VALUES.platforms,
      registries: {
        dockerConfig: '/etc/supply-chain/registries/.dockerconfigjson',
        only: ALL_VALUES.registries.only,
        hosts: [{ host: 'registry.acme.example', allowPrivateAddress: true }],
      },
      feed: {
        url: ALL_VALUES.feed.url,
        publicKeyFile: '/etc/supply-chain/config/feed.pub',
        tokenFile: '/etc/supply-chain/feed/token',
      },
      limits: { requests: 100 },
    });
    expect(
      oneOf(objects, 'ConfigMap', 'supply-chain-admission').data['feed.pub'],
    ).toBe(ALL_VALUES.feed.publicKey);
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
    const objects = renderChart(ALL_VALUES);
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
    ['cluster is needed', { ...LEAST_VALUES, cluster: '' }],
    ['image.repository is needed', { ...LEAST_VALUES, image: {} }],
    ['policies', { ...LEAST_VALUES, policies: {} }],
    ['ends in .yaml', { ...LEAST_VALUES, policies: { 'cosign.pub': 'PEM' } }],
    [
      'tls.secretName is needed',
      { ...LEAST_VALUES, tls: { source: 'secret', caBundle: 'CA PEM' } },
    ],
    [
      'must be cert-manager or secret',
      { ...LEAST_VALUES, tls: { source: 'none' } },
    ],
    [
      'feed.publicKey is needed',
      { ...LEAST_VALUES, feed: { url: 'https://portal.acme.example' } },
    ],
  ])('does not render when %s', (message, values) => {
    expect(() => renderChart(values)).toThrow(message);
  });
});

if (!HELM) {
  it.todo('tests of the chart need helm on the PATH, or named by HELM');
}
