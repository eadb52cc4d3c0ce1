import { parseSbomReport } from 'backstage-plugin-supply-chain-backend-module-trivy/collector';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { createTestDatabases } from '../__testUtils__/testDatabases';
import { createSbomStore } from '../database/createSbomStore';
import { DatabaseLeaseStore } from '../database/DatabaseLeaseStore';
import { forgetSboms } from '../database/operations/sboms/forgetSboms';
import { hoursAgo } from '../service/__testUtils__/StoredWorld';
import { useExampleRouter } from '../service/__testUtils__/useExampleRouter';
import { SourceLease } from '../stores/SourceStore';

jest.setTimeout(60_000);

/** Nothing else is known of it in the example world. */
const CLUSTER = 'prod us/1';
const PATH = `/clusters/${encodeURIComponent(CLUSTER)}`;
const FEED = 'trivy-sboms';

const KUBELET = {
  type: 'application',
  name: 'k8s.io/kubelet',
  version: '1.31.0',
  purl: 'pkg:k8s/k8s.io%2Fkubelet@1.31.0',
};
const SYSTEM = { type: 'operating-system', name: 'Ubuntu', version: '22.04' };

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'the contents of clusters on %s',
  id => {
    const router = useExampleRouter({ databases, id });
    let store: ReturnType<typeof createSbomStore>;
    let lease: SourceLease;

    const body = async (path: string) => {
      const answer = await router.get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      return answer.body;
    };

    beforeEach(async () => {
      const { knex } = router;
      store = createSbomStore({ knex });
      lease = (await DatabaseLeaseStore.create({ knex }).acquire({
        feed: FEED,
        source: CLUSTER,
        holder: 'me',
        timeToLiveMs: 60_000,
      }))!;
    });

    function put(
      components: object[],
      options: {
        uid?: string;
        version?: string;
        at?: string;
        /** Of the components, the cluster among them. */
        counted?: number;
      } = {},
    ): Promise<boolean> {
      const { uid = 'kbom', version = '1.31.0', at = hoursAgo(20) } = options;
      const expected = {
        apiVersion: 'aquasecurity.github.io/v1alpha1',
        kind: 'ClusterSbomReport',
      };
      const object = {
        ...expected,
        metadata: {
          name: uid,
          uid,
          resourceVersion: at,
          creationTimestamp: at,
        },
        report: {
          artifact: { repository: 'kubernetes', tag: version },
          registry: { server: 'k8s.io' },
          scanner: { name: 'Trivy', version: '0.72.0' },
          summary: {
            componentsCount: options.counted ?? components.length + 1,
          },
          updateTimestamp: at,
          components: {
            bomFormat: 'CycloneDX',
            specVersion: '1.6',
            serialNumber: `urn:uuid:${uid}`,
            metadata: {
              timestamp: at,
              tools: { components: [{ name: 'trivy', version: '0.72.0' }] },
              component: {
                type: 'platform',
                name: 'k8s.io/kubernetes',
                version,
              },
            },
            components,
          },
        },
      } as unknown as KubernetesObject;
      const parsed = parseSbomReport(object, {
        cluster: CLUSTER,
        resource: 'clustersbomreports',
        expected,
        seenAt: hoursAgo(1),
      });
      if (parsed.kind !== 'report') {
        throw new Error(parsed.message);
      }
      return store.upsert(lease, [parsed.report]);
    }

    it('are what the SBOM of the cluster lists, with what lists it', async () => {
      expect(await put([KUBELET, SYSTEM, SYSTEM])).toBe(true);
      const { contents } = await body(PATH);
      expect(contents.sbom).toEqual({
        name: 'k8s.io/kubernetes',
        version: '1.31.0',
        format: 'CycloneDX',
        specVersion: '1.6',
        serialNumber: 'urn:uuid:kbom',
        tool: { name: 'Trivy', version: '0.72.0' },
        components: 3,
        generatedAt: hoursAgo(20),
      });
      expect(await body(`${PATH}/components`)).toEqual({
        total: 3,
        items: [SYSTEM, SYSTEM, KUBELET],
      });
    });

    it.each<[string, number, string[]]>([
      ['search=UBUNTU', 1, ['Ubuntu']],
      ['search=1.31', 1, ['k8s.io/kubelet']],
      // As text, and not as wildcards.
      ['search=%25', 1, ['k8s.io/kubelet']],
      ['search=_', 0, []],
      ['search=%20pkg%3Ak8s', 1, ['k8s.io/kubelet']],
      ['limit=1&offset=1', 2, ['k8s.io/kubelet']],
    ])('are narrowed by %s', async (query, total, names) => {
      await put([KUBELET, SYSTEM]);
      const page = await body(`${PATH}/components?${query}`);
      expect(page.total).toBe(total);
      expect(page.items.map(({ name }: { name: string }) => name)).toEqual(
        names,
      );
    });

    it('are those of the newest report: each version of a cluster has its own', async () => {
      await put([KUBELET, SYSTEM], {
        uid: 'new',
        version: '1.32.0',
        at: hoursAgo(2),
      });
      await put([KUBELET], { uid: 'old' });
      const { contents } = await body(PATH);
      expect(contents.sbom).toMatchObject({ version: '1.32.0', components: 2 });
      await store.remove(lease, ['new']);
      expect((await body(PATH)).contents.sbom.version).toBe('1.31.0');
    });

    it('stand while a later report is refused, and go with their report', async () => {
      await put([KUBELET, SYSTEM]);
      await put([KUBELET], { at: hoursAgo(1), counted: 9 });
      expect((await body(PATH)).contents.sbom.components).toBe(2);
      expect(
        await router.knex('sbom_reports').where('source', CLUSTER),
      ).toEqual([
        expect.objectContaining({
          status: 'invalid',
          reason: 'malformedReport',
          message: 'lists 1 components and counts 9',
        }),
      ]);
      await store.remove(lease, ['kbom']);
      expect(await router.knex('cluster_sboms')).toEqual([]);
      // Nothing is known of the cluster any more.
      expect((await router.get(PATH)).status).toBe(404);
    });

    it('go with their source', async () => {
      await put([KUBELET]);
      await store.dropSource(FEED, CLUSTER);
      expect(await router.knex('cluster_sboms')).toEqual([]);
    });

    it('are kept as long as a report tells them', async () => {
      const before = await router.knex('sbom_components');
      const listed = async () => {
        const rows: unknown[] = await router.knex('sbom_components');
        return rows.length - before.length;
      };
      await put([KUBELET]);
      await forgetSboms({ knex: router.knex });
      expect(await listed()).toBe(1);
      await put([KUBELET, SYSTEM], { at: hoursAgo(1) });
      await forgetSboms({ knex: router.knex });
      expect(await listed()).toBe(1);
      expect((await body(`${PATH}/components`)).total).toBe(2);
      await store.remove(lease, ['kbom']);
      await forgetSboms({ knex: router.knex });
      expect(await listed()).toBe(0);
    });

    it('with hostile names keep nothing from being written', async () => {
      const name = 'a\u0000<script>\u202e';
      await put([{ ...KUBELET, name }], { version: '1\u0000' });
      expect((await body(`${PATH}/components`)).items[0].name).toBe(name);
    });

    it('are of no image: nothing is known of what a digest holds', async () => {
      const before = await router.knex('sboms');
      await put([KUBELET]);
      expect(await router.knex('sboms')).toEqual(before);
    });

    describe('are not known', () => {
      const source = (parts: object[]) =>
        router.world.addSource({
          kind: 'contents',
          name: CLUSTER,
          state: 'degraded',
          feed: FEED,
          parts: JSON.stringify(parts),
        });

      it.each<[string, object, object]>([
        [
          'where the report is not installed',
          { state: 'notInstalled' },
          { state: 'notInstalled' },
        ],
        [
          'where it may not be read',
          {
            state: 'down',
            reason: 'clusterForbidden',
            message: 'list clustersbomreports',
          },
          {
            state: 'down',
            reason: 'clusterForbidden',
            message: 'list clustersbomreports',
          },
        ],
        ['where there is none', { state: 'ok' }, { state: 'ok' }],
      ])('%s', async (_, part, read) => {
        await source([{ name: 'clustersbomreports', ...part }]);
        expect((await body(PATH)).contents).toEqual({
          reads: [{ kind: 'ClusterSbomReport', ...read }],
        });
        expect(await body(`${PATH}/components`)).toEqual({
          total: 0,
          items: [],
        });
      });

      it('where single namespaces are read, or nothing is', async () => {
        await source([{ name: 'sbomreports', state: 'ok' }]);
        const reads = [{ kind: 'ClusterSbomReport', state: 'notRead' }];
        expect((await body(PATH)).contents).toEqual({ reads });
        expect((await body('/clusters/prod-eu')).contents).toEqual({ reads });
      });
    });
  },
);
