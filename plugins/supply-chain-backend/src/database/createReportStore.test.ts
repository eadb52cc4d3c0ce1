import {
  Digest,
  EvidenceOf,
  ReasonCode,
} from 'backstage-plugin-supply-chain-common';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { digestOf, examplePod, exampleReport } from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { SourceLease, SourceStore } from '../stores/SourceStore';
import { createReportStore } from './createReportStore';
import { DatabaseLeaseStore } from './DatabaseLeaseStore';
import { readScans } from './operations/reports/readScans';
import { forgetOld } from './operations/retention/forgetOld';
import { RunningImageRow } from './tables';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-05-02T00:00:00.000Z');
const LATER = '2026-05-01T06:00:00.000Z';
const OTHER = digestOf('b');
const DAY_MS = 24 * 60 * 60 * 1_000;

/** The same report in a state that cannot be read, or one that never could be. */
function unreadable(
  report: ObservedReport,
  reason: ReasonCode = 'malformedReport',
): ObservedReport {
  const { detail, ...evidence } = report.evidence;
  return {
    ...report,
    resourceVersion: `${report.resourceVersion}1`,
    evidence: {
      ...evidence,
      subject: {
        type: 'workload',
        cluster: 'east',
        namespace: 'shop',
        kind: 'ReplicaSet',
        name: 'web-1',
      },
      status: 'invalid',
      reason,
      message: 'has no findings',
    },
  };
}

describe.each(databases.eachSupportedId())(
  'the store of scanner reports on %s',
  id => {
    let knex: Knex;
    let store: SourceStore<ObservedReport>;
    let lease: SourceLease;

    const leaseOf = async (source: string, feed = 'trivy') =>
      (await DatabaseLeaseStore.create({ knex }).acquire({
        feed,
        source,
        holder: 'me',
        timeToLiveMs: 60_000,
      }))!;
    const write = (...reports: ObservedReport[]) =>
      store.upsert(lease, reports);
    const remove = (...uids: string[]) => store.remove(lease, uids);
    const known = async () => [...(await store.knownVersions(lease)).keys()];
    const stored = () => knex('reports').orderBy('uid').pluck('uid');
    const queue = () => knex('verdict_work').pluck('running_image_id');

    /** What is read of all that runs. */
    const scans = async (): Promise<EvidenceOf<'vulnerabilities'>[]> => {
      const images = await knex<RunningImageRow>('running_images');
      return [...(await readScans({ knex, images })).values()].flat();
    };
    const scanned = async () =>
      (await scans()).map(
        ({ detail }) => `${detail?.artifact.digest} ${detail?.scannedAt}`,
      );
    const line = (digest: Digest, at = '2026-05-01T00:00:00.000Z') =>
      `${digest} ${at}`;
    const forget = (now = new Date()) =>
      forgetOld({
        knex,
        now,
        imagesBefore: '2000-01-01T00:00:00.000Z',
        historyBefore: '2000-01-01T00:00:00.000Z',
      });

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
      await observePods({ knex, pods: [examplePod()], now: NOW });
      store = createReportStore({ knex, now: () => NOW });
      lease = await leaseOf('east');
      await write(exampleReport());
      await knex('verdict_work').delete();
    });

    it('lets the last scan of what runs stand when its report is deleted (L6)', async () => {
      expect(await remove('report-1')).toBe(false);
      expect(await scanned()).toEqual([line(digestOf('a'))]);
      expect(await queue()).toEqual([]);
      // Its cluster holds none: it counts as none, and is to be fetched when it is listed again.
      expect(await known()).toEqual([]);

      expect(await remove('report-1')).toBe(false);
      await forget();
      expect(await scanned()).toEqual([line(digestOf('a'))]);

      expect(await write(exampleReport())).toBe(false);
      expect(await known()).toEqual(['report-1']);
      expect(await queue()).toEqual([]);
    });

    it('replaces it by a report on the same container, whichever comes first', async () => {
      const next = exampleReport({ uid: 'next', digest: OTHER });
      await remove('report-1');
      expect(await write(next)).toBe(true);
      expect(await stored()).toEqual(['next']);
      expect(await queue()).toHaveLength(1);

      // A full list is compared after what is new in it was written.
      await write(exampleReport());
      await knex('verdict_work').delete();
      expect(await remove('report-1')).toBe(true);
      expect(await stored()).toEqual(['next']);
      expect(await queue()).toHaveLength(1);
    });

    it.each<[string, ObservedReport]>([
      ['that cannot be read', unreadable(exampleReport({ uid: 'next' }))],
      [
        'on another container of other content',
        { ...exampleReport({ uid: 'next', digest: OTHER }), container: 'side' },
      ],
      [
        'of an earlier scan of the same content',
        {
          ...exampleReport({
            uid: 'next',
            scannedAt: '2026-04-01T00:00:00.000Z',
          }),
          container: 'side',
        },
      ],
    ])('does not replace it by one %s', async (_, next) => {
      await remove('report-1');
      await write(next);
      expect(await stored()).toEqual(['next', 'report-1']);
      expect(await scanned()).toContain(line(digestOf('a')));
    });

    it('reads a newer scan of the same content elsewhere instead', async () => {
      const beside = {
        ...exampleReport({ uid: 'beside', scannedAt: LATER }),
        controller: { kind: 'ReplicaSet', name: 'other-1' },
      };
      await write(beside);
      await remove('report-1');
      expect(await scanned()).toEqual([line(digestOf('a'), LATER)]);

      const west = await leaseOf('west');
      const latest = '2026-05-01T09:00:00.000Z';
      await remove('beside');
      await store.upsert(west, [
        exampleReport({ uid: 'west', scannedAt: latest }),
      ]);
      expect(await scanned()).toEqual([line(digestOf('a'), latest)]);
    });

    it('keeps what is known of content that no report names a container of', async () => {
      const clair = await leaseOf('Clair v4', 'clair');
      const ofContent = (digest: Digest): ObservedReport => ({
        ...exampleReport({ uid: digest, digest }),
        controller: { kind: '', name: '' },
        namespace: '',
        container: '',
      });
      await store.upsert(clair, [
        ofContent(digestOf('a')),
        ofContent(OTHER),
        ofContent(digestOf('c')),
      ]);
      // One runs; of the others one is removed beside it and one stays.
      expect(await store.remove(clair, [digestOf('a'), OTHER])).toBe(true);
      expect(await stored()).toEqual(
        [digestOf('a'), digestOf('c'), 'report-1'].sort(),
      );
      await store.dropSource('clair', 'Clair v4');
      expect(await stored()).toEqual(['report-1']);
    });

    it('removes what nothing runs, at once or when it runs no more', async () => {
      await write({
        ...exampleReport({ uid: 'idle', digest: OTHER }),
        controller: { kind: 'ReplicaSet', name: 'web-0' },
      });
      expect(await remove('idle', 'report-1')).toBe(true);
      expect(await stored()).toEqual(['report-1']);

      await knex('running_images').update({ running: false });
      await forget();
      expect(await stored()).toEqual([]);
      expect(await knex('scans')).toEqual([]);
    });

    it('removes what is gone for a month, and has what runs judged', async () => {
      await remove('report-1');
      await forget(new Date(Date.now() + 29 * DAY_MS));
      expect(await stored()).toEqual(['report-1']);
      await forget(new Date(Date.now() + 31 * DAY_MS));
      expect(await stored()).toEqual([]);
      expect(await queue()).toHaveLength(1);
    });

    it('removes all of a source that is read no more', async () => {
      await remove('report-1');
      expect(await store.sources('trivy')).toEqual(['east']);
      await store.dropSource('trivy', 'east');
      expect(await stored()).toEqual([]);
      expect(await queue()).toHaveLength(1);
    });

    it('lets a scan stand when its report cannot be read any more, and says so (L6)', async () => {
      const half = unreadable(exampleReport());
      expect(await write(half)).toBe(true);
      const [scan, ...others] = await scans();
      expect(others).toEqual([]);
      expect(scan).toEqual({
        ...exampleReport().evidence,
        lastLook: { failedAt: NOW.toISOString(), reason: 'malformedReport' },
      });
      expect(await write(half)).toBe(false);
      expect((await store.knownVersions(lease)).get('report-1')).toBe('11');

      await write({ ...exampleReport(), resourceVersion: '12' });
      expect(await scans()).toEqual([exampleReport().evidence]);
    });

    it('lets a scan stand while its scanner gives no other (L6)', async () => {
      const { detail: _, ...evidence } = exampleReport().evidence;
      await write({
        ...exampleReport(),
        resourceVersion: '13',
        evidence: {
          ...evidence,
          status: 'unavailable',
          reason: 'scannerUnavailable',
        },
      });
      expect(await scans()).toEqual([
        {
          ...exampleReport().evidence,
          lastLook: {
            failedAt: NOW.toISOString(),
            reason: 'scannerUnavailable',
          },
        },
      ]);
    });

    it('has no earlier scan of a report that never could be read', async () => {
      const never = unreadable(exampleReport({ uid: 'never' }));
      await write({ ...never, container: 'main' });
      expect(await scans()).toContainEqual(never.evidence);
      expect(await remove('never')).toBe(true);
      expect(await stored()).toEqual(['report-1']);
    });

    it('stores a scan again that is missing', async () => {
      await knex('scans').delete();
      expect(await write(exampleReport())).toBe(true);
      expect(await scans()).toEqual([exampleReport().evidence]);

      await knex('scans').delete();
      await write(unreadable(exampleReport()));
      expect(await scans()).toMatchObject([{ status: 'invalid' }]);
    });
  },
);
