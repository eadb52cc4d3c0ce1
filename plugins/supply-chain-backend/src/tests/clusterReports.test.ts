import {
  OperatorResource,
  parseOperatorReport,
} from 'backstage-plugin-supply-chain-backend-module-trivy/collector';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { READABLE_RESOURCES } from 'backstage-plugin-supply-chain-node/clusters';
import { createTestDatabases } from '../__testUtils__/testDatabases';
import { removePolicyReports } from '../database/operations/policyReports/removePolicyReports';
import { upsertPolicyReports } from '../database/operations/policyReports/upsertPolicyReports';
import { REFS } from '../service/__testUtils__/exampleWorld';
import { entityPath } from '../service/__testUtils__/paths';
import { hoursAgo } from '../service/__testUtils__/StoredWorld';
import { DENY, ownedBy } from '../service/__testUtils__/testPermissions';
import { useExampleRouter } from '../service/__testUtils__/useExampleRouter';

jest.setTimeout(60_000);

/** Nothing is reported on it in the example world. */
const CLUSTER = 'prod us/1';
const PATH = `/clusters/${encodeURIComponent(CLUSTER)}`;
const STRANGER = 'user:default/stranger';
const DISCREET = 'user:default/discreet';

const about = (kind: string, name: string) => ({
  'trivy-operator.resource.kind': kind,
  'trivy-operator.resource.name': name,
});
const check = (
  checkID: string,
  severity: string,
  success = false,
  title = `Title of ${checkID}`,
) => ({
  checkID,
  severity,
  success,
  title,
  messages: [`${checkID} is wrong here`],
  remediation: `Mend ${checkID}`,
});

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('reports on clusters on %s', id => {
  const router = useExampleRouter({ databases, id });
  const body = async (path: string, user?: string) => {
    const answer = await router.get(path, user);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.body;
  };

  async function put(
    resource: OperatorResource,
    name: string,
    content: Record<string, unknown>,
  ): Promise<boolean> {
    const { group, version, kind } = READABLE_RESOURCES[resource];
    const { labels, resourceVersion = '1', ...rest } = content;
    const object = {
      apiVersion: `${group}/${version}`,
      kind,
      metadata: {
        name,
        uid: name,
        resourceVersion,
        creationTimestamp: hoursAgo(30),
        labels,
      },
      ...rest,
    } as KubernetesObject;
    const parsed = parseOperatorReport(object, {
      cluster: CLUSTER,
      resource,
      expected: { apiVersion: `${group}/${version}`, kind },
      seenAt: hoursAgo(1),
    });
    if (parsed.kind !== 'report') {
      throw new Error(parsed.message);
    }
    const report = {
      ...parsed.report,
      uid: `${resource}/${parsed.report.uid}`,
    };
    return router.knex.transaction(transaction =>
      upsertPolicyReports({
        transaction,
        feed: 'trivy-checks',
        source: CLUSTER,
        reports: [report],
      }),
    );
  }

  const role = (name: string, ...checks: object[]) =>
    put('clusterrbacassessmentreports', `role-${name}`, {
      labels: about('ClusterRole', name),
      report: { checks, summary: {} },
    });
  const framework = (
    name: string,
    controls: Array<{ id: string; totalFail?: number; check?: string }>,
  ) =>
    put('clustercompliancereports', name, {
      spec: {
        compliance: {
          id: name,
          title: `Framework ${name}`,
          version: '1.0',
          controls: controls.map(({ id: control, check: used = 'KSV1' }) => ({
            id: control,
            name: `Control ${control}`,
            severity: 'HIGH',
            checks: [{ id: used }],
          })),
        },
      },
      status: {
        updateTimestamp: hoursAgo(3),
        summaryReport: { controlCheck: controls },
      },
    });
  const finding = (
    vulnerabilityID: string,
    severity: string,
    fixedVersion = '',
  ) => ({
    vulnerabilityID,
    resource: 'k8s.io/kubelet',
    installedVersion: '1.31.0',
    fixedVersion,
    severity,
    title: `Title of ${vulnerabilityID}`,
  });
  const core = (updateTimestamp: string, ...vulnerabilities: object[]) =>
    put('clustervulnerabilityreports', 'core', {
      report: {
        updateTimestamp,
        artifact: { repository: 'kubernetes', tag: '1.31.0' },
        registry: { server: 'k8s.io' },
        os: { family: 'ubuntu', name: '22.04', eosl: true },
        scanner: { name: 'Trivy', version: '0.72.0' },
        vulnerabilities,
        summary: {},
      },
    });
  const source = (parts: object[] | null, state = 'ok') =>
    router.world.addSource({
      kind: 'checks',
      name: CLUSTER,
      state,
      feed: 'trivy-checks',
      ...(parts && { parts: JSON.stringify(parts) }),
      ...(state === 'down' && {
        reason: 'clusterNeedsUser',
        message: 'asks for a user',
      }),
    });

  describe('on compliance', () => {
    beforeEach(async () => {
      await framework('cis', [
        { id: '1', totalFail: 0 },
        { id: '2', totalFail: 4 },
        { id: '3' },
      ]);
      await framework('nsa', [{ id: '1.0', totalFail: 1 }]);
    });

    it('are counted for each framework; what nobody looked at is not met', async () => {
      const { compliance, missingPermissions } = await body(PATH);
      expect(compliance.frameworks).toEqual([
        {
          id: 'clustercompliancereports/cis',
          name: 'cis',
          title: 'Framework cis',
          version: '1.0',
          controls: { fail: 1, notEvaluated: 1, pass: 1 },
          evaluatedAt: hoursAgo(3),
        },
        expect.objectContaining({
          name: 'nsa',
          controls: { fail: 1, notEvaluated: 0, pass: 0 },
        }),
      ]);
      expect(missingPermissions).toEqual([]);
    });

    it('list what fails first, then what nobody looked at', async () => {
      const { total, items } = await body(`${PATH}/controls`);
      expect(total).toBe(4);
      expect(
        items.map((each: { id: string; status: string; failed?: number }) => [
          each.id,
          each.status,
          each.failed,
        ]),
      ).toEqual([
        ['2', 'fail', 4],
        ['1.0', 'fail', 1],
        ['3', 'notEvaluated', undefined],
        ['1', 'pass', 0],
      ]);
      expect(items[0].framework).toEqual({
        id: 'clustercompliancereports/cis',
        title: 'Framework cis',
      });
    });

    it.each([
      ['framework=clustercompliancereports%2Fnsa', ['1.0']],
      ['status=notEvaluated', ['3']],
      ['search=control%202', ['2']],
      ['search=%25', []],
      ['severity=critical', []],
      ['severity=high&limit=1&offset=1', ['1.0']],
      ['framework=of-another-cluster', []],
    ])('are narrowed by %s', async (query, expected) => {
      const { items } = await body(`${PATH}/controls?${query}`);
      expect(items.map((each: { id: string }) => each.id)).toEqual(expected);
    });

    it('of secrets are neither told nor counted without the permission', async () => {
      await framework('docker', [
        { id: '9', totalFail: 7, check: 'SECRET-CRITICAL' },
        { id: '8', totalFail: 0 },
      ]);
      const counts = async (user?: string) => {
        const { compliance, missingPermissions } = await body(PATH, user);
        const found = compliance.frameworks.find(
          (each: { name: string }) => each.name === 'docker',
        );
        const page = await body(`${PATH}/controls?status=fail`, user);
        const list = await body('/clusters', user);
        const row = list.items.find(
          (each: { cluster: string }) => each.cluster === CLUSTER,
        );
        return [
          found.controls.fail,
          page.total,
          row.controls.fail,
          missingPermissions,
        ];
      };
      expect(await counts()).toEqual([1, 3, 3, []]);
      const withheld = [0, 2, 2, ['supply-chain.secrets.read']];
      expect(await counts(DISCREET)).toEqual(withheld);
      // A condition about an entity is met by nothing that belongs to none.
      expect(await counts('user:default/payer')).toEqual(withheld);
      const { items } = await body(`${PATH}/controls?search=control`, DISCREET);
      expect(items).not.toContainEqual(expect.objectContaining({ id: '9' }));
    });
  });

  describe('on objects in no namespace', () => {
    beforeEach(async () => {
      await role(
        'view',
        check('KSV041', 'MEDIUM'),
        check('KSV046', 'LOW', true),
      );
      await role(
        'edit',
        check('KSV041', 'CRITICAL', false, 'The worst says it'),
      );
      await role('fine', check('KSV041', 'CRITICAL', true));
      await put('clusterinfraassessmentreports', 'node', {
        labels: about('Node', 'one'),
        report: {
          checks: [check('KCV0088', 'HIGH'), { checkID: 'KCV0001' }],
          summary: {},
        },
      });
    });

    it('are counted by topic, also where nothing fails', async () => {
      await put('clusterconfigauditreports', 'binding', {
        labels: about('ClusterRoleBinding', 'admins'),
        report: { checks: [], summary: {}, updateTimestamp: hoursAgo(2) },
      });
      const { checks } = await body(PATH);
      expect(checks.topics).toEqual([
        {
          topic: 'configuration',
          objects: 1,
          failingChecks: 0,
          failingObjects: 0,
          leftOut: 0,
          observedAt: hoursAgo(2),
        },
        {
          topic: 'infrastructure',
          objects: 1,
          failingChecks: 1,
          failingObjects: 1,
          leftOut: 1,
          observedAt: hoursAgo(30),
        },
        {
          topic: 'rbac',
          objects: 3,
          failingChecks: 1,
          failingObjects: 2,
          leftOut: 0,
          observedAt: hoursAgo(30),
        },
      ]);
    });

    it('list each check once, with the words of its worst result', async () => {
      const { total, items } = await body(`${PATH}/checks`);
      expect(total).toBe(2);
      expect(items).toEqual([
        {
          topic: 'rbac',
          check: 'KSV041',
          severity: 'critical',
          title: 'The worst says it',
          remediation: 'Mend KSV041',
          objects: 2,
        },
        expect.objectContaining({
          topic: 'infrastructure',
          check: 'KCV0088',
          objects: 1,
        }),
      ]);
    });

    it.each([
      ['topic=infrastructure', ['KCV0088']],
      ['severity=high', ['KCV0088']],
      ['severity=medium', ['KSV041']],
      ['search=ksv', ['KSV041']],
      ['limit=1&offset=1', ['KCV0088']],
    ])('are narrowed by %s', async (query, expected) => {
      const { items } = await body(`${PATH}/checks?${query}`);
      expect(items.map((each: { check: string }) => each.check)).toEqual(
        expected,
      );
    });

    it('list the objects a check fails on', async () => {
      expect(await body(`${PATH}/checks/rbac/KSV041`)).toEqual({
        total: 2,
        items: ['edit', 'view'].map(name => ({
          kind: 'ClusterRole',
          name,
          messages: ['KSV041 is wrong here'],
          observedAt: hoursAgo(30),
        })),
      });
      expect(await body(`${PATH}/checks/rbac/KSV041?limit=1&offset=1`)).toEqual(
        { total: 2, items: [expect.objectContaining({ name: 'view' })] },
      );
      expect(await body(`${PATH}/checks/configuration/KSV041`)).toEqual({
        total: 0,
        items: [],
      });
    });

    it('go with their report, and with their source', async () => {
      const remove = (uids?: string[]) =>
        router.knex.transaction(transaction =>
          removePolicyReports({
            transaction,
            feed: 'trivy-checks',
            source: CLUSTER,
            uids,
          }),
        );
      expect(await remove(['clusterrbacassessmentreports/role-edit'])).toBe(
        true,
      );
      expect((await body(`${PATH}/checks`)).items[1].objects).toBe(1);
      expect(await remove()).toBe(true);
      expect(
        await router.knex('cluster_report_entries').where('source', CLUSTER),
      ).toEqual([]);
      expect((await router.get(PATH)).status).toBe(404);
    });

    it('with a hostile id keep no other one from being written', async () => {
      await role('hostile', check('KSV\u0000<script>', 'HIGH'));
      const { items } = await body(`${PATH}/checks?search=script`);
      expect(items).toHaveLength(1);
    });
  });

  describe('on core components', () => {
    beforeEach(async () => {
      await core(
        hoursAgo(20),
        finding('CVE-2026-1', 'HIGH'),
        finding('CVE-2026-2', 'CRITICAL'),
        finding('CVE-2026-3', 'HIGH', '1.31.4'),
      );
    });

    it('are counted for the cluster, with what was scanned', async () => {
      const { vulnerabilities } = await body(PATH);
      expect(vulnerabilities).toMatchObject({
        counts: { critical: 1, high: 2, medium: 0, low: 0 },
        fixable: 1,
        scans: [
          {
            name: 'k8s.io/kubernetes',
            version: '1.31.0',
            os: 'ubuntu 22.04',
            endOfLife: true,
            scanner: 'Trivy 0.72.0',
            scannedAt: hoursAgo(20),
          },
        ],
      });
    });

    it('list the worst first, and of equals what has a fix', async () => {
      const { total, items } = await body(`${PATH}/vulnerabilities`);
      expect(total).toBe(3);
      expect(items.map((each: { id: string }) => each.id)).toEqual([
        'CVE-2026-2',
        'CVE-2026-3',
        'CVE-2026-1',
      ]);
      const narrowed = await body(
        `${PATH}/vulnerabilities?severity=high&fixable=true&search=kubelet`,
      );
      expect(narrowed.items).toEqual([
        {
          id: 'CVE-2026-3',
          severity: 'high',
          packageName: 'k8s.io/kubelet',
          installedVersion: '1.31.0',
          fixedVersion: '1.31.4',
          title: 'Title of CVE-2026-3',
        },
      ]);
    });

    it('are of no service: neither counted nor found there', async () => {
      const { body: all } = await router.get(
        '/vulnerabilities?search=CVE-2026-2',
      );
      expect(JSON.stringify(all.items)).not.toContain('kubelet');
      expect(all.items.map((each: { id: string }) => each.id)).not.toContain(
        'CVE-2026-2',
      );
      expect(await router.knex('reports').where('source', CLUSTER)).toEqual([]);
    });

    it('that were found again are no change, and their time is kept up', async () => {
      expect(
        await core(
          hoursAgo(2),
          finding('CVE-2026-1', 'HIGH'),
          finding('CVE-2026-2', 'CRITICAL'),
          finding('CVE-2026-3', 'HIGH', '1.31.4'),
        ),
      ).toBe(false);
      expect(await core(hoursAgo(1), finding('CVE-2026-1', 'LOW'))).toBe(true);
      const { vulnerabilities } = await body(PATH);
      expect(vulnerabilities.scans[0].scannedAt).toBe(hoursAgo(1));
    });
  });

  it('change nothing that is said of services', async () => {
    const { body: before } = await router.get(entityPath(REFS.payments));
    const { body: overview } = await router.get('/overview');
    await role('view', check('KSV041', 'CRITICAL'));
    await framework('nsa', [{ id: '1', totalFail: 9 }]);
    await core(hoursAgo(1), finding('CVE-2026-9', 'CRITICAL'));
    expect((await router.get(entityPath(REFS.payments))).body).toEqual(before);
    expect((await router.get('/overview')).body).toEqual(overview);
  });

  describe('the list of clusters', () => {
    it('leaves out what nobody reported, which is not zero', async () => {
      await source([]);
      expect((await body('/clusters')).items).toEqual([
        {
          cluster: 'prod us/1',
        },
        {
          cluster: 'prod-eu',
          controls: { fail: 1, notEvaluated: 1, pass: 0 },
          failingChecks: 1,
        },
      ]);
      await core(hoursAgo(1));
      const [first] = (await body('/clusters')).items;
      expect(first.vulnerabilities).toMatchObject({ critical: 0, high: 0 });
    });

    it('is read page by page, by name', async () => {
      await source([]);
      const namesOn = async (query: string) => {
        const { total, items } = await body(`/clusters?${query}`);
        return [
          total,
          items.map(({ cluster }: { cluster: string }) => cluster),
        ];
      };
      expect(await namesOn('limit=1')).toEqual([2, ['prod us/1']]);
      expect(await namesOn('offset=1&limit=1')).toEqual([2, ['prod-eu']]);
      expect(await namesOn('offset=2')).toEqual([2, []]);
      const { status } = await router.get('/clusters?limit=251');
      expect(status).toBe(400);
    });

    it('names no cluster that stands for a list which cannot be read', async () => {
      await router.world.addSource({
        kind: 'cluster',
        name: '(list of clusters)',
        state: 'down',
      });
      const { items } = await body('/clusters');
      expect(items).toHaveLength(1);
    });
  });

  describe('that cannot be read', () => {
    it('are named as what they are', async () => {
      await source([
        { name: 'clustercompliancereports', state: 'notInstalled' },
        {
          name: 'clustervulnerabilityreports',
          state: 'down',
          reason: 'clusterForbidden',
          message: 'list clustervulnerabilityreports',
        },
        { name: 'clusterrbacassessmentreports', state: 'ok' },
        { name: 'clusterconfigauditreports', state: 'starting' },
      ]);
      const { compliance, checks, vulnerabilities } = await body(PATH);
      expect(compliance.reads).toEqual([
        { kind: 'ClusterComplianceReport', state: 'notInstalled' },
      ]);
      expect(vulnerabilities.reads).toEqual([
        {
          kind: 'ClusterVulnerabilityReport',
          state: 'down',
          reason: 'clusterForbidden',
          message: 'list clustervulnerabilityreports',
        },
      ]);
      expect(checks.reads).toEqual([
        { kind: 'ClusterConfigAuditReport', state: 'starting' },
        { kind: 'ClusterRbacAssessmentReport', state: 'ok' },
        { kind: 'ClusterInfraAssessmentReport', state: 'notRead' },
      ]);
    });

    it('are not read where nothing reads them', async () => {
      const { compliance } = await body('/clusters/prod-eu');
      expect(compliance.reads).toEqual([
        { kind: 'ClusterComplianceReport', state: 'notRead' },
      ]);
    });

    it('are as their source is where it has read nothing', async () => {
      await source(null, 'down');
      const { compliance } = await body(PATH);
      expect(compliance.reads).toEqual([
        {
          kind: 'ClusterComplianceReport',
          state: 'down',
          reason: 'clusterNeedsUser',
          message: 'asks for a user',
        },
      ]);
    });
  });

  describe('without permission to see what belongs to no entity', () => {
    const paths = (cluster: string) =>
      [
        '',
        '/controls',
        '/checks',
        '/checks/rbac/KSV041',
        '/vulnerabilities',
        '/components',
      ].map(part => `/clusters/${cluster}${part}`);

    it('nothing is told, not even whether there is such a cluster', async () => {
      const answers = [];
      for (const path of [
        '/clusters',
        ...paths('prod-eu'),
        ...paths('no-such-cluster'),
      ]) {
        const { status, body: said } = await router.get(path, STRANGER);
        answers.push([status, said.error.message]);
      }
      expect(new Set(answers.map(each => JSON.stringify(each)))).toEqual(
        new Set([
          JSON.stringify([
            403,
            "Missing permission 'supply-chain.unlinked.read'",
          ]),
        ]),
      );
    });

    it('nothing else the caller may see makes a difference', async () => {
      await router.open({
        readers: {
          'user:default/owner': {
            'supply-chain.read': ownedBy('group:default/team-payments'),
            'supply-chain.unlinked.read': DENY,
          },
        },
      });
      const { status } = await router.get(
        '/clusters/prod-eu',
        'user:default/owner',
      );
      expect(status).toBe(403);
    });
  });

  it('of a cluster nobody reads there are none', async () => {
    for (const part of [
      '',
      '/controls',
      '/checks',
      '/checks/rbac/X',
      '/vulnerabilities',
      '/components',
    ]) {
      const { status } = await router.get(`/clusters/no-such-cluster${part}`);
      expect([part, status]).toEqual([part, 404]);
    }
  });

  it('are audited', async () => {
    await body('/clusters/prod-eu');
    await router.get('/clusters', STRANGER);
    expect(router.example.audited).toEqual([
      {
        eventId: 'cluster-read',
        ended: 'success',
        meta: { cluster: 'prod-eu' },
      },
      { eventId: 'clusters-read', ended: 'fail', meta: undefined },
    ]);
  });
});
