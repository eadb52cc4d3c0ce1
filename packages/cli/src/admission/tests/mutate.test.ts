import {
  AdmissionWorld,
  pod,
  podRequest,
} from '../__testUtils__/AdmissionWorld';

jest.setTimeout(60_000);

let world: AdmissionWorld;

beforeAll(async () => {
  world = await AdmissionWorld.start();
  await world.writeCertificate();
  await world.writePolicy();
});

afterEach(() => world.stopWebhook());

afterAll(() => world.stop());

function patchIn(response: { patch?: string; patchType?: string }) {
  expect(response.patchType).toBe('JSONPatch');
  return JSON.parse(Buffer.from(response.patch!, 'base64').toString('utf8'));
}

const mutate = { endpoint: 'mutate' };

describe('/mutate', () => {
  it('writes the digest it verified, and what it wrote is admitted', async () => {
    await world.startWebhook();
    const digest = world.push('shop/web', '1.0.0', 1);
    const tagged = world.image('shop/web:1.0.0');
    const pinned = `${tagged}@${digest}`;

    const { response } = await world.ask(podRequest([pinned, tagged]), mutate);
    expect(response.allowed).toBe(true);
    expect(patchIn(response)).toEqual([
      { op: 'replace', path: '/spec/containers/1/image', value: pinned },
    ]);

    const asked = world.registry.requests.length;
    const after = await world.ask(podRequest([pinned, pinned]));
    expect(after.response.allowed).toBe(true);
    // Verified once: the second webhook answers from memory.
    expect(world.registry.requests.length).toBe(asked);
  });

  it('brings in nothing unverified when the tag moves between admission and pull', async () => {
    await world.startWebhook();
    const good = world.push('shop/moving', '1.0.0', 1);
    const tagged = world.image('shop/moving:1.0.0');
    const first = await world.ask(podRequest([tagged]), mutate);
    const [{ value }] = patchIn(first.response);
    expect(value).toBe(`${tagged}@${good}`);

    const bad = world.push('shop/moving', '1.0.0', 2, false);
    expect(bad).not.toBe(good);
    // What is stored names the good digest, whatever the tag names by now.
    expect((await world.ask(podRequest([value]))).response.allowed).toBe(true);
    // And whoever comes now is judged by what the tag names now.
    const second = await world.ask(podRequest([tagged]), mutate);
    expect(second.response.allowed).toBe(false);
    expect(second.response.patch).toBeUndefined();
    expect(second.response.status?.message).toContain(bad);
  });

  it('finds the reference in every kind of workload', async () => {
    await world.startWebhook();
    const digest = world.push('shop/web', '1.0.0', 1);
    const image = world.image('shop/web:1.0.0');
    const template = pod([image]);
    for (const [kind, object, path] of [
      ['Deployment', { spec: { template } }, '/spec/template/spec'],
      ['StatefulSet', { spec: { template } }, '/spec/template/spec'],
      ['DaemonSet', { spec: { template } }, '/spec/template/spec'],
      ['ReplicaSet', { spec: { template } }, '/spec/template/spec'],
      ['ReplicationController', { spec: { template } }, '/spec/template/spec'],
      ['Job', { spec: { template } }, '/spec/template/spec'],
      [
        'CronJob',
        { spec: { jobTemplate: { spec: { template } } } },
        '/spec/jobTemplate/spec/template/spec',
      ],
      ['PodTemplate', { template }, '/template/spec'],
    ] as const) {
      const request = { ...podRequest([]), kind: { kind }, object };
      const { response } = await world.ask(request, mutate);
      expect({ kind, patch: patchIn(response) }).toEqual({
        kind,
        patch: [
          {
            op: 'replace',
            path: `${path}/containers/0/image`,
            value: `${image}@${digest}`,
          },
        ],
      });
    }
  });

  it('pins image volumes and ephemeral containers', async () => {
    await world.startWebhook();
    const digest = world.push('shop/web', '1.0.0', 1);
    const image = world.image('shop/web:1.0.0');
    const { response } = await world.ask(
      podRequest([], {
        subResource: 'ephemeralcontainers',
        object: {
          spec: {
            ephemeralContainers: [{ name: 'debug', image }],
            volumes: [{ name: 'model', image: { reference: image } }],
          },
        },
      }),
      mutate,
    );
    expect(
      patchIn(response).map((each: { path: string }) => each.path),
    ).toEqual([
      '/spec/ephemeralContainers/0/image',
      '/spec/volumes/0/image/reference',
    ]);
    expect(
      patchIn(response).every(
        (each: { value: string }) => each.value === `${image}@${digest}`,
      ),
    ).toBe(true);
  });

  it('leaves what is written where no policy enforces', async () => {
    await world.writePolicy({ mode: 'warn' });
    await world.startWebhook();
    world.push('shop/web', '1.0.0', 1);
    const request = podRequest([world.image('shop/web:1.0.0')]);
    const rewritten = await world.ask(request, mutate);
    expect(rewritten.response).toMatchObject({ allowed: true });
    expect(rewritten.response.patch).toBeUndefined();
    expect(rewritten.response.warnings).toBeUndefined();
    const judged = await world.ask(request);
    expect(judged.response.warnings).toEqual([
      'container "c0": unpinnedReference (rule "digest-pinned", policy "production")',
    ]);
    await world.writePolicy();
  });

  it('refuses a tag that cannot be resolved and says why', async () => {
    await world.startWebhook();
    const { response } = await world.ask(
      podRequest([world.image('shop/nowhere:1.0.0')]),
      mutate,
    );
    expect(response.allowed).toBe(false);
    expect(response.status?.message).toContain('accessNotProven');
    expect(response.status?.message).toContain('unpinnedReference');
  });

  it('does not exist unless it is configured', async () => {
    await world.startWebhook({ mutate: false });
    const { status } = await world.ask(podRequest([]), mutate);
    expect(status).toBe(404);
  });
});
