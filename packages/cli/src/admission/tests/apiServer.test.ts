import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AdmissionWorld, pod } from '../__testUtils__/AdmissionWorld';
import { ALL_VALUES, HELM, renderChart } from '../__testUtils__/renderChart';
import { CONTROL_PLANE, RealApiServer } from '../__testUtils__/RealApiServer';

// A real API server is not in the registry of packages; where it is installed, the webhook is asked by it.
const isInstalled = CONTROL_PLANE.etcd && CONTROL_PLANE.apiServer;
const describeWithApiServer = isInstalled ? describe : describe.skip;

jest.setTimeout(120_000);

const VALIDATE = 'validate.supply-chain.backstage.io';

const policyFor = (mode: string, namespace: string) => ({
  apiVersion: 'supply-chain/v1',
  kind: 'SupplyChainPolicy',
  metadata: { name: mode },
  spec: {
    mode,
    match: { namespaces: [namespace] },
    trust: ['release-key'],
    rules: [{ use: 'image-signed' }],
  },
});

describeWithApiServer('asked by a real API server', () => {
  let world: AdmissionWorld;
  let cluster: RealApiServer;
  let signed: string;
  let unsigned: string;
  let names = 0;

  beforeAll(async () => {
    world = await AdmissionWorld.start();
    await world.writeCertificate();
    await world.writePolicy({ match: { namespaces: ['enforced'] } }, [
      policyFor('warn', 'warned'),
      policyFor('audit', 'audited'),
    ]);
    signed = `${world.image('shop/web')}@${world.push('shop/web', '1.0.0', 1)}`;
    unsigned = `${world.image('shop/web')}@${world.push(
      'shop/web',
      '0.9.0',
      2,
      false,
    )}`;
    const webhook = await world.startWebhook();
    cluster = await RealApiServer.start();
    for (const name of ['enforced', 'warned', 'audited', 'excluded']) {
      await cluster.call('POST', '/api/v1/namespaces', { metadata: { name } });
    }
    await register('validating', VALIDATE, webhook.ports.webhook);
    await register(
      'mutating',
      'mutate.supply-chain.backstage.io',
      webhook.ports.webhook,
    );
    // The API server takes note of webhooks a moment later.
    await until(async () => {
      const answer = await createPod('enforced', unsigned, '?dryRun=All');
      return answer.status === 403;
    });
  });

  afterAll(async () => {
    await cluster?.stop();
    await world?.stop();
  });

  async function register(kind: string, name: string, port: number) {
    const caBundle = await readFile(join(world.directory, 'tls.crt'), 'base64');
    const capital = kind[0].toUpperCase() + kind.slice(1);
    const answer = await cluster.call(
      'POST',
      `/apis/admissionregistration.k8s.io/v1/${kind}webhookconfigurations`,
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: `${capital}WebhookConfiguration`,
        metadata: { name: `supply-chain-${kind}` },
        webhooks: [
          {
            name,
            admissionReviewVersions: ['v1'],
            sideEffects: 'None',
            failurePolicy: 'Fail',
            timeoutSeconds: 5,
            clientConfig: {
              url: `https://127.0.0.1:${port}/${name.split('.')[0]}`,
              caBundle,
            },
            namespaceSelector: {
              matchExpressions: [
                {
                  key: 'kubernetes.io/metadata.name',
                  operator: 'NotIn',
                  values: ['kube-system', 'excluded'],
                },
              ],
            },
            rules: [
              {
                apiGroups: ['', 'apps'],
                apiVersions: ['v1'],
                operations: ['CREATE', 'UPDATE'],
                resources: [
                  'pods',
                  'pods/ephemeralcontainers',
                  'deployments',
                  'deployments/scale',
                ],
              },
            ],
          },
        ],
      },
    );
    expect(answer.status).toBe(201);
  }

  async function until(condition: () => Promise<boolean>) {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await condition()) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error('expected it to become true');
  }

  function createPod(namespace: string, image: string, query = '') {
    names += 1;
    const { spec } = pod([image]);
    return cluster.call(
      'POST',
      `/api/v1/namespaces/${namespace}/pods${query}`,
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `pod-${names}` },
        spec,
      },
    );
  }

  it('lets a signed image in, and the audit log says why', async () => {
    expect((await createPod('enforced', signed)).status).toBe(201);
    const annotations = await cluster.auditOf(
      '/api/v1/namespaces/enforced/pods',
    );
    expect(annotations).toMatchObject({
      [`${VALIDATE}/decision`]: 'allow',
      [`${VALIDATE}/outcome`]: 'pass',
    });
  });

  it('refuses an unsigned one with a message that says what to do', async () => {
    const { status, body } = await createPod('enforced', unsigned);
    expect(status).toBe(403);
    expect(body.message).toMatch(
      /^admission webhook "mutate\.supply-chain\.backstage\.io" denied the request: container "c0": .*noSignature.* What to do: Sign the image/,
    );
  });

  it('stores the digest it verified in the place of a tag', async () => {
    const tagged = world.image('shop/web:1.0.0');
    const { status, body } = await createPod('enforced', tagged);
    expect(status).toBe(201);
    expect(body.spec.containers[0].image).toBe(
      `${tagged}@${signed.split('@')[1]}`,
    );
  });

  it('warns whoever made the request', async () => {
    const { status, warnings } = await createPod('warned', unsigned);
    expect(status).toBe(201);
    expect(warnings).toEqual([
      'container "c0": noSignature (rule "image-signed", policy "warn")',
    ]);
  });

  it('only annotates under audit', async () => {
    const { status, warnings } = await createPod('audited', unsigned);
    expect({ status, warnings }).toEqual({ status: 201, warnings: [] });
    const annotations = await cluster.auditOf(
      '/api/v1/namespaces/audited/pods',
    );
    expect(annotations).toMatchObject({
      [`${VALIDATE}/decision`]: 'allow',
      [`${VALIDATE}/under-enforce`]: 'deny',
      [`${VALIDATE}/findings`]: expect.stringContaining('noSignature'),
    });
  });

  it('refuses a workload already, and lets it be scaled', async () => {
    const deployment = (image: string) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: pod([image]),
      },
    });
    const path = '/apis/apps/v1/namespaces/enforced/deployments';
    const refused = await cluster.call('POST', path, deployment(unsigned));
    expect(refused.status).toBe(403);
    const taken = await cluster.call('POST', path, deployment(signed));
    expect(taken.status).toBe(201);
    const scaled = await cluster.call(
      'PATCH',
      `${path}/web/scale`,
      { spec: { replicas: 3 } },
      'application/merge-patch+json',
    );
    expect(scaled.status).toBe(200);
  });

  it('does not stop a change to what runs, and judges what is added to it', async () => {
    const { body } = await createPod('excluded', unsigned);
    expect(body.metadata.name).toBeDefined();
    const { body: running } = await createPod('enforced', signed);
    const path = `/api/v1/namespaces/enforced/pods/${running.metadata.name}`;
    const labelled = await cluster.call(
      'PATCH',
      path,
      { metadata: { labels: { changed: 'yes' } } },
      'application/merge-patch+json',
    );
    expect(labelled.status).toBe(200);
    const debugged = await cluster.call(
      'PATCH',
      `${path}/ephemeralcontainers`,
      { spec: { ephemeralContainers: [{ name: 'debug', image: unsigned }] } },
      'application/strategic-merge-patch+json',
    );
    expect(debugged.status).toBe(403);
    expect(debugged.body.message).toContain('ephemeral container "debug"');
    const deleted = await cluster.call('DELETE', path);
    expect(deleted.status).toBe(200);
  });

  (HELM ? describe : describe.skip)('with helm', () => {
    it('takes what the chart writes', async () => {
      const paths: Record<string, string> = {
        ConfigMap: '/api/v1/namespaces/excluded/configmaps',
        Deployment: '/apis/apps/v1/namespaces/excluded/deployments',
        MutatingWebhookConfiguration:
          '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
        NetworkPolicy:
          '/apis/networking.k8s.io/v1/namespaces/excluded/networkpolicies',
        PodDisruptionBudget:
          '/apis/policy/v1/namespaces/excluded/poddisruptionbudgets',
        Service: '/api/v1/namespaces/excluded/services',
        ServiceAccount: '/api/v1/namespaces/excluded/serviceaccounts',
        ValidatingWebhookConfiguration:
          '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
      };
      const tls = {
        ...ALL_VALUES.tls,
        caBundle: await readFile(join(world.directory, 'tls.crt'), 'utf8'),
      };
      const objects = renderChart({ ...ALL_VALUES, tls }, 'excluded').filter(
        // Its definition belongs to another operator.
        ({ kind }) => kind !== 'ServiceMonitor',
      );
      for (const object of objects) {
        const answer = await cluster.call(
          'POST',
          `${paths[object.kind]}?dryRun=All&fieldValidation=Strict`,
          object,
        );
        expect({
          kind: object.kind,
          status: answer.status,
          said: answer.status === 201 ? '' : answer.body.message,
        }).toEqual({ kind: object.kind, status: 201, said: '' });
      }
      expect(new Set(objects.map(({ kind }) => kind)).size).toBe(
        Object.keys(paths).length,
      );
    });
  });

  it('takes nothing in while the webhook is down', async () => {
    await world.stopWebhook();
    const { status, body } = await createPod('enforced', signed);
    expect(status).toBe(500);
    expect(body.message).toContain('failed calling webhook');
    expect((await createPod('excluded', signed)).status).toBe(201);
  });
});

if (!isInstalled) {
  it.todo(
    'needs etcd and kube-apiserver on the PATH, or named by ETCD and KUBE_APISERVER',
  );
}
