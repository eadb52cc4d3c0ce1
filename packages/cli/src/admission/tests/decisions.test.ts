import {
  AdmissionWorld,
  pod,
  podRequest,
} from '../__testUtils__/AdmissionWorld';

jest.setTimeout(60_000);

let world: AdmissionWorld;
let signed: string;
let unsigned: string;

beforeAll(async () => {
  world = await AdmissionWorld.start();
  await world.writeCertificate();
  signed = `${world.image('shop/web')}@${world.push('shop/web', '1.0.0', 1)}`;
  unsigned = `${world.image('shop/web')}@${world.push(
    'shop/web',
    '0.9.0',
    2,
    false,
  )}`;
});

afterEach(() => world.registry.clearFaults());

afterAll(() => world.stop());

describe('under a policy that enforces', () => {
  beforeAll(async () => {
    await world.writePolicy();
    await world.startWebhook();
  });

  afterAll(() => world.stopWebhook());

  it('lets a signed image in, and says in the audit log by which policy', async () => {
    const { status, response } = await world.ask(podRequest([signed]));
    expect(status).toBe(200);
    expect(response).toEqual({
      uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
      allowed: true,
      auditAnnotations: {
        outcome: 'pass',
        decision: 'allow',
        'under-enforce': 'allow',
        policies: expect.stringMatching(
          /^production enforce sha256:[0-9a-f]{64}$/,
        ),
      },
    });
  });

  it('refuses an unsigned one and says which rule, why and what to do', async () => {
    const { response } = await world.ask(podRequest([signed, unsigned]));
    expect(response).toMatchObject({
      allowed: false,
      status: { code: 403, reason: 'Forbidden' },
      auditAnnotations: { decision: 'deny', outcome: 'fail' },
    });
    expect(response.status?.message).toMatch(
      /^container "c1": .* \(policy "production", rule "image-signed", noSignature\)\. What to do: /,
    );
  });

  it('looks again before it refuses: people sign after they push', async () => {
    const digest = world.push('shop/late', '1.0.0', 3, false);
    const late = `${world.image('shop/late')}@${digest}`;
    expect((await world.ask(podRequest([late]))).response.allowed).toBe(false);
    world.push('shop/late', '1.0.0', 3, true);
    expect((await world.ask(podRequest([late]))).response.allowed).toBe(true);
  });

  it('refuses a reference without digest, whatever it points to', async () => {
    const { response } = await world.ask(
      podRequest([world.image('shop/web:1.0.0')]),
    );
    expect(response.allowed).toBe(false);
    expect(response.status?.message).toContain('unpinnedReference');
    expect(response.status?.message).toContain('Deploy by digest.');
  });

  it('judges init and ephemeral containers, sidecars and image volumes too', async () => {
    const { response } = await world.ask({
      ...podRequest([signed]),
      object: {
        spec: {
          containers: [{ name: 'app', image: signed }],
          initContainers: [
            { name: 'setup', image: unsigned },
            { name: 'proxy', image: unsigned, restartPolicy: 'Always' },
          ],
          ephemeralContainers: [{ name: 'debug', image: unsigned }],
          volumes: [
            { name: 'data', emptyDir: {} },
            { name: 'model', image: { reference: unsigned } },
          ],
        },
      },
    });
    for (const name of [
      'init container "setup"',
      'sidecar "proxy"',
      'ephemeral container "debug"',
      'image volume "model"',
    ]) {
      expect(response.status?.message).toContain(name);
    }
    expect(response.status?.message).not.toContain('"app"');
  });

  it('does not stop what runs already when something else changes', async () => {
    const before = pod([unsigned]);
    const update = { operation: 'UPDATE', oldObject: before };
    const same = await world.ask({
      ...podRequest([unsigned]),
      ...update,
      object: { ...before, metadata: { labels: { changed: 'yes' } } },
    });
    expect(same.response.allowed).toBe(true);
    const other = await world.ask({
      ...podRequest([]),
      ...update,
      object: pod([unsigned, unsigned]),
    });
    expect(other.response.allowed).toBe(false);
    expect(other.response.status?.message).toContain('"c1"');
    expect(other.response.status?.message).not.toContain('"c0"');
  });

  it.each(['DELETE', 'CONNECT'])('leaves %s alone', async operation => {
    const { response } = await world.ask({
      ...podRequest([unsigned]),
      operation,
    });
    expect(response).toMatchObject({ allowed: true });
  });

  it('cannot tell, and so refuses, while the registry does not answer', async () => {
    const digest = world.push('shop/down', '1.0.0', 4);
    world.registry.addFault({
      repository: 'shop/down',
      fault: { kind: 'status', status: 503 },
    });
    const { response } = await world.ask(
      podRequest([`${world.image('shop/down')}@${digest}`]),
    );
    expect(response).toMatchObject({
      allowed: false,
      auditAnnotations: { outcome: 'unknown' },
    });
  });

  it('goes on by what it verified while the registry is down', async () => {
    expect((await world.ask(podRequest([signed]))).response.allowed).toBe(true);
    world.registry.addFault({ fault: { kind: 'status', status: 503 } });
    expect((await world.ask(podRequest([signed]))).response.allowed).toBe(true);
  });
});

describe('by mode and onUnknown (L23)', () => {
  afterEach(() => world.stopWebhook());

  const hidden = () => `${world.image('shop/hidden')}@sha256:${'a'.repeat(64)}`;

  it('audit lets everything in and annotates', async () => {
    await world.writePolicy({ mode: 'audit' });
    await world.startWebhook();
    const { response } = await world.ask(podRequest([unsigned]));
    expect(response.allowed).toBe(true);
    expect(response.warnings).toBeUndefined();
    expect(response.auditAnnotations).toMatchObject({
      outcome: 'fail',
      decision: 'allow',
      'under-enforce': 'deny',
      findings: expect.stringContaining(
        'fail noSignature (production/image-signed)',
      ),
    });
  });

  it('warn lets everything in with few and short warnings', async () => {
    await world.writePolicy({ mode: 'warn' });
    await world.startWebhook();
    const { response } = await world.ask(
      podRequest(Array.from({ length: 12 }, () => unsigned)),
    );
    expect(response.allowed).toBe(true);
    expect(response.warnings).toHaveLength(6);
    response.warnings!.forEach(warning =>
      expect(warning.length).toBeLessThanOrEqual(120),
    );
    expect(response.warnings![0]).toBe(
      'container "c0": noSignature (rule "image-signed", policy "production")',
    );
    expect(response.warnings![5]).toContain('and 7 more');
  });

  it.each([
    ['deny', false, undefined],
    ['warn', true, 1],
    ['allow', true, undefined],
  ])('onUnknown %s', async (onUnknown, allowed, warnings) => {
    await world.writePolicy({ onUnknown });
    await world.startWebhook();
    const { response } = await world.ask(podRequest([hidden()]));
    expect(response.allowed).toBe(allowed);
    expect(response.warnings?.length).toBe(warnings);
    expect(response.auditAnnotations?.outcome).toBe('unknown');
  });

  it('takes the strictest of several policies', async () => {
    await world.writePolicy({ mode: 'audit' }, [
      {
        apiVersion: 'supply-chain/v1',
        kind: 'SupplyChainPolicy',
        metadata: { name: 'registries' },
        spec: {
          mode: 'enforce',
          match: { namespaces: ['shop'], clusters: ['prod-*'] },
          rules: [
            { use: 'registry-allowed', with: { allow: ['ghcr.io/acme/**'] } },
          ],
        },
      },
    ]);
    await world.startWebhook();
    const { response } = await world.ask(podRequest([signed]));
    expect(response.allowed).toBe(false);
    expect(response.status?.message).toContain('policy "registries"');
    const elsewhere = podRequest([signed], { namespace: 'tools' });
    expect((await world.ask(elsewhere)).response.allowed).toBe(true);
  });

  it('says of an image that no policy covers that none does', async () => {
    await world.writePolicy({ match: { images: ['ghcr.io/acme/**'] } });
    await world.startWebhook();
    const { response } = await world.ask(podRequest([unsigned]));
    expect(response).toMatchObject({
      allowed: true,
      auditAnnotations: { outcome: 'notApplicable', 'not-covered': unsigned },
    });
  });

  it('lets pass what a waiver excuses, and only while it does', async () => {
    const waiver = {
      apiVersion: 'supply-chain/v1',
      kind: 'Waiver',
      metadata: { name: 'sec-412' },
      spec: {
        rule: 'image-signed',
        reasons: ['unsigned'],
        scope: { repository: world.image('shop/web') },
        reason: 'Until the rebuild',
        ticket: 'SEC-412',
        requestedBy: 'user:default/developer',
        approvedBy: 'user:default/platform',
        expires: '2026-12-03T12:00:00Z',
      },
    };
    await world.writePolicy({}, [waiver]);
    let now = new Date('2026-12-03T11:59:00Z');
    await world.startWebhook({}, () => now);
    const asked = await world.ask(podRequest([unsigned]));
    expect(asked.response).toMatchObject({
      allowed: true,
      auditAnnotations: { outcome: 'waived' },
    });
    now = new Date('2026-12-03T12:00:00Z');
    const after = await world.ask(podRequest([unsigned]));
    expect(after.response.allowed).toBe(false);
  });
});
