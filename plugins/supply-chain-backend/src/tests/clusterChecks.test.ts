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
    for (const path of [PAYMENTS, IMAGE]) {
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
      expect(body.clusterChecks.groups[0].results[0]).toMatchObject({
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
      const answers = await Promise.all(
        [PAYMENTS, IMAGE].map(async path => (await router.get(path)).body),
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
          results: [
            {
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
        },
      ]);
    });

    it('are left out where something runs or ran that is hidden from the caller', async () => {
      const hidden = await router.get(PAYMENTS, OWNER);
      expect(hidden.status).toBe(200);
      expect(hidden.body).not.toHaveProperty('clusterChecks');
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
});
