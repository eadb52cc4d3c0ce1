import { request } from 'node:http';
import { rmSync } from 'node:fs';
import { FREE_SANDBOX_PORTS, Sandbox, startSandbox } from '../startSandbox';
import { CONTROL_ACTIONS } from './actions';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ports: FREE_SANDBOX_PORTS });
});

afterAll(async () => {
  await sandbox.stop();
  rmSync(sandbox.directory, { recursive: true });
});

/** node:http, because fetch does not let a test choose Host and Origin. */
function ask(options: {
  path: string;
  method?: string;
  body?: string;
  headers?: Record<string, string>;
}): Promise<{ status: number; body: any }> {
  const { port } = new URL(sandbox.controlUrl);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path: options.path,
        method: options.method ?? 'POST',
        headers: {
          Authorization: `Bearer ${sandbox.controlToken}`,
          ...options.headers,
        },
      },
      incoming => {
        const chunks: Buffer[] = [];
        incoming.on('data', chunk => chunks.push(chunk));
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(chunks).toString()),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

const act = (action: string, body: object = {}) =>
  ask({ path: `/control/${action}`, body: JSON.stringify(body) });

describe('when somebody else asks', () => {
  const port = () => new URL(sandbox.controlUrl).port;

  it.each(['', 'Bearer', 'Bearer guessed', 'Basic x'])(
    'answers 401 to the authorization "%s"',
    async Authorization => {
      expect(
        (
          await ask({
            path: '/control',
            method: 'GET',
            headers: { Authorization },
          })
        ).status,
      ).toBe(401);
    },
  );

  it.each([
    'evil.example',
    '127.0.0.1',
    '127.0.0.1.evil.example',
    '127.0.0.1:1',
  ])('answers 403 to the Host %s', async Host => {
    expect(
      (await ask({ path: '/control/scale', headers: { Host } })).status,
    ).toBe(403);
  });

  it.each(['https://evil.example', 'null', 'http://localhost:3000'])(
    'answers 403 to the Origin %s',
    async Origin => {
      expect(
        (await ask({ path: '/control/scale', headers: { Origin } })).status,
      ).toBe(403);
    },
  );

  it('takes its own origin and both of its names', async () => {
    const own = {
      Origin: `http://127.0.0.1:${port()}`,
      Host: `localhost:${port()}`,
    };
    expect(
      (await ask({ path: '/control', method: 'GET', headers: own })).status,
    ).toBe(200);
  });
});

describe('when the request is wrong', () => {
  it.each(['/control/fly', '/control/constructor', '/control/', '/other'])(
    'answers 404 to %s',
    async path => {
      expect((await ask({ path })).status).toBe(404);
    },
  );

  it('answers 405 to other methods and lists what there is', async () => {
    expect(
      (await ask({ path: '/control/scale', method: 'DELETE' })).status,
    ).toBe(405);
    const { body } = await ask({ path: '/control', method: 'GET' });
    expect(Object.keys(body.actions)).toEqual(Object.keys(CONTROL_ACTIONS));
    expect(body.actions.scale.fields.replicas).toBe('0 to 50');
  });

  it.each([
    ['scale', '{'],
    ['scale', '[]'],
    ['scale', 'null'],
    ['scale', ''],
    ['scale', '{"service":"web"}'],
    ['scale', '{"service":"web","replicas":51}'],
    ['scale', '{"service":"web","replicas":1,"workload":"other"}'],
    ['sign', '{"service":"__proto__"}'],
    ['sign', '{"service":"reports"}'],
    ['start-pod', '{"service":"web","variant":"golden"}'],
    ['start-pod', '{"service":"web","cluster":"prod-mars"}'],
    ['cluster-down', '{}'],
    ['report', '{"service":"web","plan":"none"}'],
    ['sign', `{"service":"${'x'.repeat(20_000)}"}`],
  ])('answers 400 to %s with %.40s', async (action, body) => {
    const answer = await ask({ path: `/control/${action}`, body });
    expect([answer.status, typeof answer.body.error]).toEqual([400, 'string']);
  });
});

describe('when the world is changed', () => {
  const eu = () => sandbox.world.cluster('prod-eu');
  const podsOf = (service: string) =>
    eu()
      .list('pods')
      .filter(
        ({ metadata }) =>
          metadata.labels?.['backstage.io/kubernetes-id'] === service,
      );
  const referrersOf = (reference: string) => {
    const [, repository, digest] = /^[^/]+\/(.+)@(.+)$/.exec(reference)!;
    return sandbox.registry.store.find(repository)?.referrers[digest] ?? [];
  };

  it('starts and stops pods of every variant', async () => {
    const before = podsOf('web').length;
    const signatures: Record<string, number> = {};
    for (const variant of [
      'signed',
      'unsigned',
      'wrong-key',
      'wrong-identity',
      'wrong-authority',
      'other-digest',
      'attested-only',
    ]) {
      const { status, body } = await act('start-pod', {
        service: 'web',
        variant,
      });
      expect(status).toBe(200);
      expect(podsOf('web')).toHaveLength(before + 1);
      expect(
        eu()
          .list('vulnerabilityreports')
          .some(({ metadata }) => metadata.name.includes(body.workload)),
      ).toBe(true);
      signatures[variant] = referrersOf(body.image).length;
      expect(
        (await act('stop-pod', { service: 'web', workload: body.workload }))
          .body,
      ).toEqual({ stopped: body.workload });
      expect(podsOf('web')).toHaveLength(before);
    }
    expect(signatures).toEqual({
      signed: 1,
      unsigned: 0,
      'wrong-key': 1,
      'wrong-identity': 1,
      'wrong-authority': 1,
      'other-digest': 1,
      'attested-only': 1,
    });
    expect(
      eu()
        .list('deployments')
        .some(({ metadata }) => metadata.name.startsWith('web-')),
    ).toBe(false);
  });

  it('scales without touching the pods that stay', async () => {
    const before = podsOf('payments');
    await act('scale', { service: 'payments', replicas: 5 });
    expect(podsOf('payments')).toHaveLength(5);
    await act('scale', { service: 'payments', replicas: 1 });
    const [rest, ...others] = podsOf('payments');
    expect(others).toEqual([]);
    expect(before).toContainEqual(rest);
  });

  it('signs and unsigns', async () => {
    const signed = await act('sign', { service: 'invoices' });
    expect(referrersOf(signed.body.signed[0])).toHaveLength(1);
    const unsigned = await act('unsign', { service: 'invoices' });
    expect(referrersOf(unsigned.body.unsigned[0])).toEqual([]);
    const tags = () => sandbox.registry.store.tags('shop/payments-gateway');
    expect(tags().some(tag => tag.endsWith('.sig'))).toBe(true);
    await act('unsign', { service: 'payments-gateway' });
    expect(tags()).toEqual(['1.9.3']);
  });

  it('refuses and restores a repository', async () => {
    const look = async () =>
      (await fetch(`${sandbox.registryUrl}/v2/shop/web/tags/list`)).status;
    await act('refuse-registry', { service: 'web' });
    await act('refuse-registry', { service: 'web' });
    expect(await look()).toBe(401);
    await act('restore-registry', { service: 'web' });
    expect(await look()).toBe(200);
  });

  it('publishes and drops reports', async () => {
    const reportsOf = () =>
      eu()
        .list('vulnerabilityreports')
        .filter(
          ({ metadata }) =>
            metadata.labels?.['trivy-operator.container.name'] === 'cart',
        );
    await act('report', { service: 'cart' });
    expect(reportsOf()).toEqual([
      expect.objectContaining({
        report: expect.objectContaining({
          summary: expect.objectContaining({ criticalCount: 1 }),
        }),
      }),
    ]);
    await act('drop-report', { service: 'cart' });
    expect(reportsOf()).toEqual([]);
    await act('report', { service: 'cart', plan: 'clean' });
    expect(reportsOf()).toHaveLength(1);
  });

  it('takes a cluster down and up on the same address', async () => {
    const { url, token } = sandbox.clusters[1];
    const look = () =>
      fetch(`${url}/api/v1/pods`, {
        headers: { Authorization: `Bearer ${token}` },
      });
    await act('cluster-down', { cluster: 'prod-us' });
    await act('cluster-down', { cluster: 'prod-us' });
    await expect(look()).rejects.toThrow();
    await act('cluster-up', { cluster: 'prod-us' });
    await act('cluster-up', { cluster: 'prod-us' });
    expect((await look()).status).toBe(200);
  });

  it('takes Clair down and up on the same address, and has it finish', async () => {
    const { url } = sandbox.clairAddress;
    await act('clair-down');
    await act('clair-down');
    await expect(fetch(url)).rejects.toThrow();
    await act('clair-up');
    // Without a token: it is there.
    expect((await fetch(url)).status).toBe(401);
    const { status, body } = await act('clair-finish', { service: 'mailer' });
    expect([status, body.finished]).toEqual([
      200,
      [expect.stringContaining('core/mailer@sha256:')],
    ]);
  });

  it('moves a tag and leaves what runs', async () => {
    const { body } = await act('move-tag', { service: 'notifications' });
    const [{ from, to }] = body.moved;
    expect(from).not.toBe(to);
    expect(
      sandbox.registry.store.manifest('edge/notifications', 'latest')?.digest,
    ).toBe(to);
    expect(
      sandbox.registry.store.manifest('edge/notifications', from),
    ).toBeDefined();
  });
});
