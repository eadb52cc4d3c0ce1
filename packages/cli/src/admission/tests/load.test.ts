import { performance } from 'node:perf_hooks';
import { AdmissionWorld, podRequest } from '../__testUtils__/AdmissionWorld';

jest.setTimeout(60_000);

let world: AdmissionWorld;
let signed: string;

beforeAll(async () => {
  world = await AdmissionWorld.start();
  await world.writeCertificate();
  await world.writePolicy();
  signed = `${world.image('shop/web')}@${world.push('shop/web', '1.0.0', 1)}`;
});

afterEach(async () => {
  world.registry.clearFaults();
  await world.stopWebhook();
});

afterAll(() => world.stop());

describe('time', () => {
  it('a slow registry: unknown within the deadline, and known the next time', async () => {
    const digest = world.push('shop/slow', '1.0.0', 1);
    const slow = `${world.image('shop/slow')}@${digest}`;
    await world.startWebhook({
      deadlines: { verificationMs: 300, totalMs: 2_000 },
    });
    const faultless = world.registry.addFault({
      repository: 'shop/slow',
      times: 1,
      fault: { kind: 'slowBody', chunkBytes: 100, delayMs: 200 },
    });
    const startedAt = performance.now();
    const { response } = await world.ask(podRequest([slow]));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(response.allowed).toBe(false);
    expect(response.status?.message).toContain('admissionDeadline');
    faultless();
    // The look went on: whoever tries again finds its result.
    for (let tries = 0; tries < 30; tries += 1) {
      const again = await world.ask(podRequest([slow]));
      if (again.response.allowed) {
        return;
      }
    }
    throw new Error('expected the image to be verified in the end');
  });

  it("the API server's own patience counts", async () => {
    const digest = world.push('shop/hangs', '1.0.0', 1);
    await world.startWebhook({
      deadlines: { verificationMs: 20_000, totalMs: 25_000 },
    });
    world.registry.addFault({
      repository: 'shop/hangs',
      fault: { kind: 'hang' },
    });
    const startedAt = performance.now();
    const { response } = await world.ask(
      podRequest([`${world.image('shop/hangs')}@${digest}`]),
      { query: '?timeout=2s' },
    );
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(response.status?.message).toContain('admissionDeadline');
  });

  it('a clock that jumps back is reported, and nothing expired comes back to life', async () => {
    const waiver = {
      apiVersion: 'supply-chain/v1',
      kind: 'Waiver',
      metadata: { name: 'sec-1' },
      spec: {
        rule: 'image-signed',
        reasons: ['unsigned'],
        scope: { repository: world.image('shop/unsigned') },
        reason: 'Until the rebuild',
        ticket: 'SEC-1',
        requestedBy: 'user:default/developer',
        approvedBy: 'user:default/platform',
        expires: '2026-12-03T12:00:00Z',
      },
    };
    const digest = world.push('shop/unsigned', '1.0.0', 9, false);
    const unsigned = `${world.image('shop/unsigned')}@${digest}`;
    await world.writePolicy({}, [waiver]);
    let now = new Date('2026-12-03T12:30:00Z');
    await world.startWebhook({}, () => now);
    const expired = await world.ask(podRequest([unsigned]));
    expect(expired.response.allowed).toBe(false);
    now = new Date('2026-12-03T11:00:00Z');
    const jumped = await world.ask(podRequest([unsigned]));
    expect(jumped.response.allowed).toBe(false);
    expect(world.logged.join('\n')).toContain('error: clockSuspect');
    expect((await world.health('/metrics')).text).toContain(
      'supply_chain_admission_clock_suspect 1',
    );
    await world.writePolicy();
  });
});

describe('a rollout flood', () => {
  it('verifies an image once, however many pods ask at the same time', async () => {
    await world.startWebhook();
    const digest = world.push('shop/flood', '1.0.0', 1);
    const image = `${world.image('shop/flood')}@${digest}`;
    world.registry.clearRequests();
    await world.ask(podRequest([signed]));
    const perLook = world.registry.requests.length;
    world.registry.clearRequests();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => world.ask(podRequest([image]))),
    );
    expect(answers.every(({ response }) => response.allowed)).toBe(true);
    expect(world.registry.requests.length).toBeLessThanOrEqual(perLook + 2);
  });

  it('takes on no more than it can, and says so', async () => {
    await world.startWebhook({ limits: { looks: 1, waitingLooks: 1 } });
    const images = [1, 2, 3, 4].map(build => {
      const digest = world.push(`shop/many-${build}`, '1.0.0', build);
      return `${world.image(`shop/many-${build}`)}@${digest}`;
    });
    const { response } = await world.ask(podRequest(images));
    expect(response.allowed).toBe(false);
    expect(response.status?.message).toContain('admissionOverloaded');
  });

  it('refuses further requests before it reads them', async () => {
    await world.startWebhook({ limits: { requests: 1 } });
    const digest = world.push('shop/hang', '1.0.0', 1);
    world.registry.addFault({
      repository: 'shop/hang',
      fault: { kind: 'hang' },
    });
    const hanging = world.ask(
      podRequest([`${world.image('shop/hang')}@${digest}`]),
      { query: '?timeout=2s' },
    );
    let refused = await world.ask(podRequest([signed]));
    for (let tries = 0; tries < 20 && refused.status === 200; tries += 1) {
      refused = await world.ask(podRequest([signed]));
    }
    expect(refused).toMatchObject({
      status: 503,
      text: 'admissionOverloaded\n',
    });
    expect((await hanging).response.allowed).toBe(false);
  });
});

describe('addresses', () => {
  it('asks no registry on a private address that nobody named', async () => {
    await world.startWebhook({ registries: {} });
    const { response } = await world.ask(podRequest([signed]));
    expect(response.allowed).toBe(false);
    expect(response.auditAnnotations?.outcome).toBe('unknown');
  });
});
