import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CHECK_REPORTS,
  CheckResource,
  parseCheckReport,
} from 'backstage-plugin-supply-chain-backend-module-trivy/collector';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/testDatabases';
import { upsertPolicyReports } from '../database/operations/policyReports/upsertPolicyReports';
import { IMAGES } from '../service/__testUtils__/exampleEvidence';
import { REFS } from '../service/__testUtils__/exampleWorld';
import { entityPath, imagePath } from '../service/__testUtils__/paths';
import { hoursAgo } from '../service/__testUtils__/StoredWorld';
import { DENY, ownedBy } from '../service/__testUtils__/testPermissions';
import { useExampleRouter } from '../service/__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

const CLUSTER = 'prod-eu';
const FIXTURES = join(
  __dirname,
  '../../../supply-chain-backend-module-trivy/src/__fixtures__',
);
const PAYMENTS = entityPath(REFS.payments);
const IMAGE = imagePath(IMAGES.payments);
const PAYMENTS_CHECKS = `${PAYMENTS}/checks?`;
const IMAGE_CHECKS = imagePath(IMAGES.payments, '/checks');
const DISCREET = 'user:default/discreet';

function recorded(resource: CheckResource): KubernetesObject {
  const path = join(FIXTURES, `${resource}.json`);
  return JSON.parse(readFileSync(path, 'utf8')).items[0];
}

/** A recorded report as it would be on something in the namespace of the example world. */
function on(
  report: KubernetesObject,
  about: { kind: string; name: string; uid?: string; namespace?: string },
): KubernetesObject {
  const { kind, name, uid = `${name}-uid`, namespace = 'shop' } = about;
  return {
    ...report,
    metadata: {
      ...report.metadata,
      uid: `${report.kind}/${name}`,
      namespace,
      labels: {
        'trivy-operator.resource.kind': kind,
        'trivy-operator.resource.name': name,
        'trivy-operator.container.name': 'main',
      },
      ownerReferences: [{ kind, name, uid, controller: true }],
    },
  };
}

const CURRENT = { kind: 'ReplicaSet', name: 'payments-1' };
const SECRETS = recorded('exposedsecretreports');
const CONFIGURATION = recorded('configauditreports');
const LINES = (SECRETS.report as { secrets: { match: string }[] }).secrets.map(
  ({ match }) => match,
);

function role(name: string, namespace?: string): KubernetesObject {
  const checks = [{ checkID: 'KSV113', severity: 'MEDIUM', success: false }];
  const report = { checks, summary: { mediumCount: 1 } };
  const kind = 'RbacAssessmentReport';
  return on(
    { ...CONFIGURATION, kind, report },
    { kind: 'Role', name, namespace },
  );
}

async function store(
  knex: Knex,
  resource: CheckResource,
  object: KubernetesObject,
): Promise<void> {
  const seenAt = hoursAgo(1);
  const parsed = parseCheckReport(object, {
    cluster: CLUSTER,
    resource,
    expected: {
      apiVersion: 'aquasecurity.github.io/v1alpha1',
      kind: object.kind as string,
    },
    seenAt,
  });
  if (parsed.kind !== 'report') {
    throw new Error(parsed.message);
  }
  await knex.transaction(transaction =>
    upsertPolicyReports({
      transaction,
      feed: 'trivy-checks',
      source: CLUSTER,
      reports: [parsed.report],
    }),
  );
}

/** Everything a database holds, as text. */
async function dump(knex: Knex): Promise<string> {
  const tables: { name: string }[] =
    knex.client.config.client === 'pg'
      ? await knex('pg_catalog.pg_tables')
          .whereRaw('schemaname = any(current_schemas(false))')
          .select('tablename as name')
      : await knex('sqlite_master').where({ type: 'table' }).select('name');
  const rows = await Promise.all(tables.map(({ name }) => knex(name)));
  return JSON.stringify(rows);
}

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('checks of clusters on %s', id => {
  const router = useExampleRouter({ databases, id });
  const put = (resource: CheckResource, object: KubernetesObject) =>
    store(router.knex, resource, object);
  const topics = async (path: string, user?: string) => {
    const { body } = await router.get(path, user);
    return body.clusterChecks?.groups.map(
      ({ topic, counts }: { topic: string; counts: { fail: number } }) => [
        topic,
        counts.fail,
      ],
    );
  };

  it('are told of the workload of the ReplicaSet they are on', async () => {
    await put('configauditreports', on(CONFIGURATION, CURRENT));
    const { checks } = CONFIGURATION.report as {
      checks: { success: boolean }[];
    };
    const failed = checks.filter(({ success }) => !success).length;
    for (const [path, list] of [
      [PAYMENTS, PAYMENTS_CHECKS],
      [IMAGE, IMAGE_CHECKS],
    ]) {
      const { body } = await router.get(path);
      expect(body.clusterChecks).toMatchObject({
        groups: [
          {
            topic: 'configuration',
            total: checks.length,
            counts: { fail: failed, pass: checks.length - failed },
          },
        ],
        missingPermissions: [],
      });
      const { body: listed } = await router.get(list);
      expect(listed.total).toBe(checks.length);
      expect(listed.items[0]).toMatchObject({
        topic: 'configuration',
        source: CHECK_REPORTS.configauditreports.source,
        workload: {
          cluster: CLUSTER,
          namespace: 'shop',
          kind: 'Deployment',
          name: 'payments',
        },
      });
      expect(body.otherEnforcers.total).toBe(2);
    }
  });

  it('change no outcome', async () => {
    const { body: before } = await router.get(PAYMENTS);
    await put('configauditreports', on(CONFIGURATION, CURRENT));
    const { body: after } = await router.get(PAYMENTS);
    expect({ ...after, clusterChecks: undefined }).toEqual({
      ...before,
      clusterChecks: undefined,
    });
  });

  it.each([
    ['a superseded ReplicaSet', { kind: 'ReplicaSet', name: 'payments-0' }],
    ['a ReplicaSet of that name before', { ...CURRENT, uid: 'another' }],
    ['a pod that is gone', { kind: 'Pod', name: 'payments-1-gone' }],
    ['another namespace', { ...CURRENT, namespace: 'tools' }],
  ])('of %s are told of nothing that runs', async (_, about) => {
    await put('configauditreports', on(CONFIGURATION, about));
    await put('exposedsecretreports', on(SECRETS, about));
    for (const path of [PAYMENTS, IMAGE]) {
      expect((await router.get(path)).body).not.toHaveProperty('clusterChecks');
    }
  });

  describe('of secrets', () => {
    beforeEach(async () => {
      await put('configauditreports', on(CONFIGURATION, CURRENT));
      await put('exposedsecretreports', on(SECRETS, CURRENT));
    });

    it('hold nothing of the lines they stand in, neither stored nor answered', async () => {
      expect(LINES.length).toBeGreaterThan(0);
      const paths = [PAYMENTS, IMAGE, PAYMENTS_CHECKS, IMAGE_CHECKS];
      const exported = [PAYMENTS_CHECKS, IMAGE_CHECKS].map(
        path => `/exports${path}&format=json`,
      );
      const answers = await Promise.all(
        [...paths, ...exported].map(async path => {
          const { status, body } = await router.get(path);
          expect([path, status]).toEqual([path, 200]);
          return body;
        }),
      );
      const all = (await dump(router.knex)) + JSON.stringify(answers);
      // The dump does hold the report.
      expect(all).toContain('aws-access-key-id');
      for (const line of LINES) {
        expect(all).not.toContain(line);
        expect(all).not.toContain(line.split('=')[0]);
      }
    });

    it.each([PAYMENTS, IMAGE])(
      'are kept from whom the permission is denied: %s',
      async path => {
        const { body } = await router.get(path, DISCREET);
        expect(body.clusterChecks.missingPermissions).toEqual([
          'supply-chain.secrets.read',
        ]);
        expect(await topics(path, DISCREET)).toEqual([
          ['configuration', expect.any(Number)],
        ]);
        expect(JSON.stringify(body)).not.toMatch(/aws-access-key|\/app\/\.env/);
        expect(await topics(path)).toContainEqual(['secrets', LINES.length]);
      },
    );

    it.each([PAYMENTS_CHECKS, IMAGE_CHECKS])(
      'are neither listed nor exported for them, whatever is asked for: %s',
      async path => {
        const count = async (query: string, user?: string) =>
          (await router.get(`${path}${query}`, user)).body.total;
        const inFile = async (query: string, user?: string) =>
          (await router.get(`/exports${path}&format=json${query}`, user)).body
            .length;
        for (const query of [
          '&topic=secrets',
          '&search=aws-access-key',
          '&failing=true&topic=secrets',
        ]) {
          expect([query, await count(query, DISCREET)]).toEqual([query, 0]);
          expect([query, await inFile(query, DISCREET)]).toEqual([query, 0]);
          expect(await count(query)).toBeGreaterThan(0);
          expect(await inFile(query)).toBe(await count(query));
        }
        const { total } = (await router.get(IMAGE)).body.clusterChecks
          .groups[0];
        expect(await count('', DISCREET)).toBe(total);
      },
    );

    it('are told to whom it is given for the entity, and to nobody for another one', async () => {
      const other = 'supply-chain.secrets.read';
      await router.open({
        readers: {
          'user:default/payer': {
            [other]: ownedBy('group:default/team-payments'),
          },
          'user:default/checkout': {
            [other]: ownedBy('group:default/team-checkout'),
          },
        },
      });
      for (const path of [PAYMENTS, IMAGE]) {
        expect(await topics(path, 'user:default/payer')).toHaveLength(2);
        expect(await topics(path, 'user:default/checkout')).toHaveLength(1);
      }
    });

    it('of a workload of no entity are told without conditions alone', async () => {
      const about = { kind: 'ReplicaSet', name: 'cron-1', namespace: 'tools' };
      await put('exposedsecretreports', on(SECRETS, about));
      const path = imagePath(IMAGES.tool);
      expect(await topics(path)).toEqual([['secrets', LINES.length]]);
      expect(await topics(path, DISCREET)).toEqual([]);
      expect(await topics(path, 'user:default/payer')).toEqual([]);
    });
  });

  describe('of roles', () => {
    const OWNER = 'user:default/owner';

    beforeEach(async () => {
      await put('rbacassessmentreports', role('proxy'));
      await put('rbacassessmentreports', role('cron', 'tools'));
      const claims = ['group:default/team-payments'];
      await router.open({
        readers: {
          [OWNER]: { 'supply-chain.read': ownedBy(...claims) },
        },
      });
    });

    it('are told of the namespace, as what they are', async () => {
      const { body } = await router.get(PAYMENTS);
      expect(body.clusterChecks.groups).toMatchObject([
        {
          topic: 'rbac',
          total: 1,
        },
      ]);
      const { body: listed } = await router.get(PAYMENTS_CHECKS);
      expect(listed).toMatchObject({
        total: 1,
        items: [
          {
            topic: 'rbac',
            policy: 'KSV113',
            result: 'fail',
            workload: {
              cluster: CLUSTER,
              namespace: 'shop',
              kind: 'Role',
              name: 'proxy',
            },
          },
        ],
      });
    });

    it('are left out where something runs or ran that is hidden from the caller', async () => {
      const hidden = await router.get(PAYMENTS, OWNER);
      expect(hidden.status).toBe(200);
      expect(hidden.body).not.toHaveProperty('clusterChecks');
      const { body: listed } = await router.get(PAYMENTS_CHECKS, OWNER);
      expect(listed).toEqual({ total: 0, items: [] });
      const [run] = await router
        .knex('running_image_entities')
        .where('entity_ref', REFS.batch);
      await router
        .knex('running_images')
        .where('id', run.running_image_id)
        .update({ namespace: 'elsewhere' });
      expect(await topics(PAYMENTS, OWNER)).toEqual([['rbac', 1]]);
    });

    it('are left out where workloads of no entity run that the caller may not see', async () => {
      await router.open({
        readers: { [OWNER]: { 'supply-chain.unlinked.read': DENY } },
      });
      expect(await topics(PAYMENTS, OWNER)).toEqual([['rbac', 1]]);
      await router.world.addRun({
        cluster: CLUSTER,
        namespace: 'shop',
        ...IMAGES.tool,
        workload: 'debug',
        tag: '7',
        entityRefs: [],
      });
      expect(await topics(PAYMENTS, OWNER)).toBeUndefined();
      expect(await topics(PAYMENTS)).toEqual([['rbac', 1]]);
    });
  });

  describe('as a list', () => {
    const MANY = 230;
    const numbered = Array.from({ length: MANY }, (_, index) => ({
      checkID: `KSV${String(index).padStart(4, '0')}`,
      severity: index % 2 === 0 ? 'HIGH' : 'LOW',
      title: index === 7 ? 'Runs as root' : 'Something else',
      success: index >= 220,
    }));

    beforeEach(async () => {
      const summary = { highCount: 110, lowCount: 110 };
      const report = { checks: numbered, summary };
      await put(
        'configauditreports',
        on({ ...CONFIGURATION, report }, CURRENT),
      );
    });

    const policies = (items: { policy: string }[]) =>
      items.map(({ policy }) => policy);

    it.each([PAYMENTS_CHECKS, IMAGE_CHECKS])(
      'are all there, page by page and in a file: %s',
      async path => {
        const pages: string[] = [];
        for (let offset = 0; offset < MANY; offset += 100) {
          const { body } = await router.get(
            `${path}&limit=100&offset=${offset}`,
          );
          expect(body.total).toBe(MANY);
          pages.push(...policies(body.items));
        }
        expect(new Set(pages).size).toBe(MANY);
        const { body } = await router.get(`/exports${path}&format=json`);
        expect(policies(body)).toEqual(pages);
      },
    );

    it.each<[string, number]>([
      ['failing=true', 220],
      ['failing=false', MANY],
      ['severity=high', 115],
      ['severity=high&failing=true', 110],
      ['search=AS%20root', 1],
      ['topic=configuration', MANY],
      ['topic=infrastructure', 0],
    ])('are narrowed by %s in pages and files', async (query, total) => {
      for (const path of [PAYMENTS_CHECKS, IMAGE_CHECKS]) {
        const { body: page } = await router.get(`${path}&${query}&limit=1`);
        expect([page.total, page.items.length]).toEqual([
          total,
          Math.min(1, total),
        ]);
        const { body: rows } = await router.get(
          `/exports${path}&${query}&format=json`,
        );
        expect(rows).toHaveLength(total);
      }
    });

    it('have a table with one line each', async () => {
      const { text, headers } = await router.get(
        `/exports${PAYMENTS_CHECKS}&severity=high`,
      );
      expect(headers['content-type']).toMatch(/^text\/csv/);
      const [names, ...lines] = text.trimEnd().split('\r\n');
      expect(names).toMatch(/^"topic","result","severity"/);
      expect(lines).toHaveLength(115);
    });

    it.each(['topic=vulnerabilities', 'severity=huge', 'failing=maybe'])(
      'refuse %s',
      async query => {
        for (const path of [PAYMENTS_CHECKS, IMAGE_CHECKS]) {
          expect((await router.get(`${path}&${query}`)).status).toBe(400);
        }
      },
    );

    it('of what is hidden are as those of what does not exist', async () => {
      const other = 'user:default/other-team';
      const claims = ['group:default/team-checkout'];
      await router.open({
        readers: {
          [other]: {
            'supply-chain.read': ownedBy(...claims),
            'supply-chain.unlinked.read': DENY,
          },
        },
      });
      for (const path of [
        PAYMENTS_CHECKS,
        IMAGE_CHECKS,
        `/exports${PAYMENTS_CHECKS}`,
        `/exports${IMAGE_CHECKS}`,
      ]) {
        const { status, body } = await router.get(path, other);
        expect([path, status]).toEqual([path, 404]);
        expect(body.error.message).toMatch(/^No (entity|image) '.*' is known$/);
      }
    });
  });
});
