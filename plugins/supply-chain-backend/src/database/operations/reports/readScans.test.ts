import {
  Digest,
  EvidenceOf,
  ReasonCode,
} from 'backstage-plugin-supply-chain-common';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import {
  digestOf,
  exampleOrigin,
  examplePod,
  exampleReport,
} from '../../../__testUtils__/examples';
import { observePods } from '../../../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { createReportStore } from '../../createReportStore';
import { DatabaseLeaseStore } from '../../DatabaseLeaseStore';
import { RunningImageRow } from '../../tables';
import { writeSubjectDigests } from '../evidence/writeSubjectDigests';
import { readScans } from './readScans';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2100-05-01T12:00:00.000Z');
const CHILD = digestOf('1');

/** A report about content alone, as a scanner gives it that is asked about images. */
function contentReport(digest: Digest, reason?: ReasonCode): ObservedReport {
  const { evidence } = exampleReport({ digest });
  const failed: EvidenceOf<'vulnerabilities'> = {
    ...evidence,
    status: 'unavailable',
    reason,
    detail: undefined,
  };
  return {
    uid: digest,
    resourceVersion: '1',
    namespace: '',
    controller: { kind: '', name: '' },
    container: '',
    evidence: reason ? failed : evidence,
  };
}

describe.each(databases.eachSupportedId())(
  'reports about content on %s',
  id => {
    let knex: Knex;

    const writeOf = async (feed: string, ...reports: ObservedReport[]) => {
      const lease = await DatabaseLeaseStore.create({ knex }).acquire({
        feed,
        source: `source of ${feed}`,
        holder: 'me',
        timeToLiveMs: 60_000,
      });
      const store = createReportStore({ knex, now: () => NOW });
      return store.upsert(lease!, reports);
    };

    const write = (...reports: ObservedReport[]) =>
      writeOf('clair', ...reports);

    const scans = async () => {
      const images = await knex<RunningImageRow>('running_images');
      const found = await readScans({ knex, images });
      return [...found.values()].flat().map(({ status, reason }) => ({
        status,
        ...(reason && { reason }),
      }));
    };

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
      await observePods({ knex, pods: [examplePod()], now: NOW });
      const origin = exampleOrigin(NOW);
      origin.detail!.kind = 'index';
      origin.detail!.children = [{ digest: CHILD, platform: 'linux/amd64' }];
      await knex.transaction(transaction =>
        writeSubjectDigests({ transaction, evidence: [origin] }),
      );
    });

    it('speak for the index that lists it, and have it judged', async () => {
      await knex('verdict_work').delete();
      expect(await write(contentReport(CHILD))).toBe(true);
      expect(await scans()).toEqual([{ status: 'present' }]);
      expect(await knex('verdict_work')).toHaveLength(1);
    });

    it('say why there is none', async () => {
      await write(contentReport(CHILD, 'scanWithoutPackages'));
      expect(await scans()).toEqual([
        { status: 'unavailable', reason: 'scanWithoutPackages' },
      ]);
    });

    it('are heard however many containers another scanner reports on', async () => {
      await write(contentReport(CHILD));
      await writeOf(
        'trivy',
        ...Array.from({ length: 60 }, (_, index) => ({
          ...exampleReport({
            uid: `sidecar-${index}`,
            digest: CHILD,
            scannedAt: `2026-05-02T00:00:${String(index).padStart(
              2,
              '0',
            )}.000Z`,
          }),
          controller: { kind: 'ReplicaSet', name: `other-${index}` },
        })),
      );
      const images = await knex<RunningImageRow>('running_images');
      const [found] = [...(await readScans({ knex, images })).values()];
      expect(found.map(scan => [scan.collector, scan.observedAt])).toEqual([
        ['trivy', '2026-05-02T00:00:59.000Z'],
        ['clair', '2026-05-01T00:00:00.000Z'],
      ]);
    });

    it('are heard of every platform', async () => {
      const other = digestOf('2');
      const origin = exampleOrigin(NOW);
      origin.detail!.kind = 'index';
      origin.detail!.children = [
        { digest: CHILD, platform: 'linux/amd64' },
        { digest: other, platform: 'linux/arm64' },
      ];
      await knex.transaction(transaction =>
        writeSubjectDigests({ transaction, evidence: [origin] }),
      );
      await write(contentReport(other));
      await writeOf(
        'trivy',
        ...Array.from({ length: 60 }, (_, index) => ({
          ...exampleReport({ uid: `amd64-${index}`, digest: CHILD }),
          controller: { kind: 'ReplicaSet', name: `other-${index}` },
        })),
        {
          ...exampleReport({
            uid: 'arm64',
            digest: other,
            scannedAt: '2026-04-01T00:00:00.000Z',
          }),
          controller: { kind: 'ReplicaSet', name: 'on-arm' },
        },
      );
      const images = await knex<RunningImageRow>('running_images');
      const [found] = [...(await readScans({ knex, images })).values()];
      expect(
        found
          .map(scan => `${scan.collector} ${scan.detail?.artifact.digest}`)
          .sort(),
      ).toEqual([`clair ${other}`, `trivy ${CHILD}`, `trivy ${other}`]);
    });

    it('say nothing of other content', async () => {
      await write(contentReport(digestOf('9')));
      expect(await scans()).toEqual([]);
    });
  },
);
