import {
  ObservedPod,
  otherEnforcersOf,
  PolicyResult,
} from 'backstage-plugin-supply-chain-common';
import { ObservedPolicyReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { examplePod } from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { SourceLease } from '../stores/SourceStore';
import { DatabaseLeaseStore } from './DatabaseLeaseStore';
import { createPolicyReportStore } from './createPolicyReportStore';
import { readEnforced } from './operations/policyReports/readEnforced';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-05-01T00:00:00.000Z');

type Reported = { kind: string; name: string; uid?: string };

function report(
  uid: string,
  objects: Reported[],
  rest: Partial<PolicyResult> & { resourceVersion?: string } = {},
): ObservedPolicyReport {
  const { resourceVersion = '1', ...result } = rest;
  return {
    uid,
    resourceVersion,
    objects: objects.map(({ uid: objectUid, ...object }) => ({
      ...(objectUid && { uid: objectUid }),
      evidence: {
        subject: {
          type: 'workload',
          cluster: 'east',
          namespace: 'shop',
          ...object,
        },
        collector: 'policy-reports',
        kind: 'policyReport',
        status: 'present',
        observedAt: result.observedAt ?? '2026-05-01T00:00:00.000Z',
        detail: {
          results: [
            {
              source: 'kyverno',
              policy: 'no-latest',
              result: 'fail',
              observedAt: '2026-05-01T00:00:00.000Z',
              ...result,
            },
          ],
          leftOut: [],
        },
      },
    })),
  };
}

const deployment = { kind: 'Deployment', name: 'web' };
const replicaSet = { kind: 'ReplicaSet', name: 'web-1', uid: 'rs-1' };
const pod = { kind: 'Pod', name: 'web-pod-1', uid: 'pod-1' };

describe.each(databases.eachSupportedId())(
  'the store of policy reports on %s',
  id => {
    let knex: Knex;
    let store: ReturnType<typeof createPolicyReportStore>;
    let lease: SourceLease;

    const acquire = async () =>
      (await DatabaseLeaseStore.create({ knex }).acquire({
        feed: 'policy-reports',
        source: 'east',
        holder: 'one',
        timeToLiveMs: 60_000,
      }))!;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
      store = createPolicyReportStore({ knex });
      lease = await acquire();
    });

    const run = (...pods: ObservedPod[]) =>
      observePods({ knex, pods, now: NOW });
    const told = async () =>
      readEnforced({ knex, images: await knex('running_images') });
    const objectsTold = async () =>
      (await told()).map(({ evidence: { subject }, workload }) =>
        subject.type === 'workload'
          ? `${subject.kind}/${subject.name} of ${workload.kind}/${workload.name}`
          : '',
      );

    it('joins reports on a pod, its ReplicaSet and its Deployment to one workload', async () => {
      await run(examplePod());
      await store.upsert(lease, [
        report('a', [pod]),
        report('b', [replicaSet]),
        report('c', [deployment]),
        report('d', [
          { kind: 'Deployment', name: 'other' },
          { kind: 'ReplicaSet', name: 'web-0' },
          { kind: 'Pod', name: 'web' },
        ]),
      ]);
      expect((await objectsTold()).sort()).toEqual([
        'Deployment/web of Deployment/web',
        'Pod/web-pod-1 of Deployment/web',
        'ReplicaSet/web-1 of Deployment/web',
      ]);
      expect(otherEnforcersOf(await told())).toMatchObject({
        total: 1,
        counts: { fail: 1 },
      });
    });

    it('joins a report that was read before its pod', async () => {
      await store.upsert(lease, [report('a', [pod])]);
      expect(await told()).toEqual([]);
      await run(examplePod());
      expect(await objectsTold()).toEqual(['Pod/web-pod-1 of Deployment/web']);
    });

    it('takes a pod of the same name for the same pod only without a uid', async () => {
      await run(examplePod());
      await store.upsert(lease, [
        report('a', [{ ...pod, uid: 'pod-before' }]),
        report('b', [{ ...replicaSet, uid: 'rs-before' }]),
      ]);
      expect(await told()).toEqual([]);
      await store.upsert(lease, [
        report('a', [{ kind: 'Pod', name: 'web-pod-1' }]),
      ]);
      expect(await objectsTold()).toEqual(['Pod/web-pod-1 of Deployment/web']);
    });

    it('tells nothing of what no longer runs, of other clusters and of annotated images', async () => {
      await run(examplePod());
      await store.upsert(lease, [report('a', [deployment])]);
      await knex('running_images').update({ cluster: 'west' });
      expect(await told()).toEqual([]);
      await knex('running_images').update({ cluster: 'east', running: false });
      expect(await told()).toEqual([]);
      await knex('running_images').update({ running: true, annotated: true });
      expect(await told()).toEqual([]);
    });

    it('writes nothing twice, and takes a later look at the same for no change', async () => {
      expect(await store.upsert(lease, [report('a', [pod])])).toBe(true);
      expect(await store.upsert(lease, [report('a', [pod])])).toBe(false);
      const observedAt = '2026-05-01T01:00:00.000Z';
      const later = report('a', [pod], { observedAt, resourceVersion: '2' });
      expect(await store.upsert(lease, [later])).toBe(false);
      await run(examplePod());
      expect((await told())[0].evidence.observedAt).toBe(observedAt);
      expect(await store.knownVersions(lease)).toEqual(new Map([['a', '2']]));
      const passed = report('a', [pod], {
        result: 'pass',
        resourceVersion: '3',
      });
      expect(await store.upsert(lease, [passed])).toBe(true);
      expect(await told()).toHaveLength(1);
    });

    it('keeps the version of a report that is about nothing that runs', async () => {
      expect(await store.upsert(lease, [report('a', [])])).toBe(false);
      expect(await store.knownVersions(lease)).toEqual(new Map([['a', '1']]));
      expect(await store.remove(lease, ['a'])).toBe(false);
    });

    it('writes a report that comes twice in one batch as it came last', async () => {
      await run(examplePod());
      await store.upsert(lease, [
        report('a', [deployment]),
        report('a', [deployment], { result: 'pass', resourceVersion: '2' }),
      ]);
      const [{ evidence }] = await told();
      expect(evidence.detail?.results).toMatchObject([{ result: 'pass' }]);
    });

    it('writes thousands of reports and of objects', async () => {
      const many = Array.from({ length: 1_000 }, (_, index) => ({
        kind: 'Pod',
        name: `p-${index}`,
      }));
      await store.upsert(lease, [
        report('all', many),
        ...many.map((object, index) => report(`r-${index}`, [object])),
      ]);
      expect(await knex('policy_report_objects')).toHaveLength(2_000);
      const uids = [...(await store.knownVersions(lease)).keys()];
      expect(await store.remove(lease, uids)).toBe(true);
      expect(await knex('policy_report_objects')).toEqual([]);
      expect(await knex('policy_reports')).toEqual([]);
    });

    it('removes what is gone, and everything of a cluster that is gone', async () => {
      await run(examplePod());
      await store.upsert(lease, [
        report('a', [pod]),
        report('b', [deployment]),
      ]);
      await store.saveResumePoint(lease, { resourceVersion: '{}' });
      expect(await store.remove(lease, ['a'])).toBe(true);
      expect(await objectsTold()).toEqual(['Deployment/web of Deployment/web']);
      expect(await store.sources('policy-reports')).toEqual(['east']);
      await store.dropSource('policy-reports', 'east');
      expect(await told()).toEqual([]);
      expect(await store.sources('policy-reports')).toEqual([]);
      expect(await store.resumePoint(lease)).toBeUndefined();
      await expect(store.upsert(lease, [report('a', [pod])])).rejects.toThrow();
    });

    it('keeps hostile text as it is', async () => {
      await run(examplePod());
      const message = '\u0000\u202e<script>\ud800 \'";--';
      await store.upsert(lease, [report('a', [deployment], { message })]);
      const [{ evidence }] = await told();
      expect(evidence.detail?.results).toMatchObject([{ message }]);
    });
  },
);
