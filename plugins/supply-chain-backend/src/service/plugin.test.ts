import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import request from 'supertest';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { MemoryMetrics } from 'backstage-plugin-supply-chain-node/testUtils';
import { supplyChainPlugin } from '../plugin';
import { DENY, testPermissions } from './__testUtils__/testPermissions';

jest.setTimeout(60_000);

const ENTITY = '/api/supply-chain/entities/component/default/web';

describe('the plugin in a backend', () => {
  // The scheduler reports under the same plugin, so only ours are looked at.
  const metrics = new MemoryMetrics();
  const start = () =>
    startTestBackend({
      features: [
        supplyChainPlugin,
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'web', namespace: 'default' },
              spec: { type: 'service', lifecycle: 'production' },
            },
          ],
        }),
        createServiceFactory({
          service: metricsServiceRef,
          deps: {},
          factory: () => metrics,
        }),
        mockServices.permissions.mock(
          testPermissions({
            'user:default/stranger': {
              'supply-chain.read': DENY,
              'supply-chain.sources.read': DENY,
            },
          }),
        ).factory,
      ],
    });
  let backend: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    backend = await start();
  });

  afterAll(async () => {
    await backend.stop();
  });

  it('answers users and services', async () => {
    const overview = await request(backend.server)
      .get('/api/supply-chain/overview')
      .set('Authorization', mockCredentials.service.header());
    expect(overview.status).toBe(200);
    expect(overview.body).toMatchObject({ total: 0, sandbox: false });
    const entity = await request(backend.server).get(ENTITY);
    expect([entity.status, entity.body.state]).toEqual([200, 'notAnnotated']);
  });

  it('says 401 without credentials', async () => {
    for (const path of [ENTITY, '/api/supply-chain/health/sources']) {
      const { status } = await request(backend.server)
        .get(path)
        .set('Authorization', mockCredentials.none.header());
      expect(status).toBe(401);
    }
  });

  it('says 403, 404, 409 and 400 in the form of all of Backstage', async () => {
    const stranger = mockCredentials.user.header('user:default/stranger');
    const answers = [
      await request(backend.server)
        .get('/api/supply-chain/health/sources')
        .set('Authorization', stranger),
      await request(backend.server).get(`${ENTITY}-unknown`),
      await request(backend.server).post(`${ENTITY}/recheck`),
      await request(backend.server).get(
        '/api/supply-chain/images/sha256:1?repository=a',
      ),
    ];
    expect(
      answers.map(({ status, body }) => [status, body.error.name]),
    ).toEqual([
      [403, 'NotAllowedError'],
      [404, 'NotFoundError'],
      [409, 'ConflictError'],
      [400, 'InputError'],
    ]);
  });

  it('tells the permission system its permissions and rules', async () => {
    const { status, body } = await request(backend.server).get(
      '/api/supply-chain/.well-known/backstage/permissions/metadata',
    );
    expect(status).toBe(200);
    expect(
      body.permissions.map((each: { name: string }) => each.name).sort(),
    ).toEqual([
      'supply-chain.check',
      'supply-chain.export',
      'supply-chain.policy.read',
      'supply-chain.read',
      'supply-chain.recheck',
      'supply-chain.secrets.read',
      'supply-chain.sources.read',
      'supply-chain.trust.read',
      'supply-chain.unlinked.read',
      'supply-chain.upload',
      'supply-chain.verdict.sync',
      'supply-chain.waiver.approve',
      'supply-chain.waiver.request',
    ]);
    expect(
      body.rules.map((each: { name: string }) => each.name).sort(),
    ).toEqual([
      'HAS_LIFECYCLE',
      'IN_NAMESPACE',
      'IN_SYSTEM',
      'IS_KIND',
      'IS_OWNER',
    ]);
  });

  it('has exactly the metrics of docs/metrics.md, with unit and meaning', async () => {
    const page = readFileSync(
      join(__dirname, '../../../../docs/metrics.md'),
      'utf8',
    );
    const documented = page
      .split('\n')
      .filter(line => /^\| `supply_chain\.[a-z_.]+` \| [a-z]+ \|/.test(line))
      .map(line => line.split('|').map(cell => cell.trim().replaceAll('`', '')))
      .map(([, name, kind, unit, , description]) =>
        [name, kind, unit, description].join(' | '),
      );
    const created = metrics.instruments
      .filter(({ name }) => name.startsWith('supply_chain.'))
      .map(({ name, kind, options: { unit, description } }) =>
        [name, kind, unit, description].join(' | '),
      );
    expect(documented.sort()).toEqual(created.sort());
  });

  it('decides conditions on one entity for the permission system', async () => {
    const item = (ref: string, rule: string, params: object) => ({
      id: `${ref}-${rule}`,
      resourceRef: ref,
      resourceType: 'supply-chain-entity',
      conditions: { rule, resourceType: 'supply-chain-entity', params },
    });
    const { status, body } = await request(backend.server)
      .post(
        '/api/supply-chain/.well-known/backstage/permissions/apply-conditions',
      )
      .set('Authorization', mockCredentials.service.header())
      .send({
        items: [
          item('Component:default/Web', 'IS_KIND', { kinds: ['Component'] }),
          item('component:default/web', 'IS_OWNER', {
            claims: ['user:default/x'],
          }),
          item('component:default/unknown', 'IS_KIND', {
            kinds: ['component'],
          }),
        ],
      });
    expect(status).toBe(200);
    expect(body.items.map((each: { result: string }) => each.result)).toEqual([
      'ALLOW',
      'DENY',
      'DENY',
    ]);
  });
});
