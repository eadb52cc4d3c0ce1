import { EvidenceOf } from 'backstage-plugin-supply-chain-common';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import {
  digestOf,
  exampleOrigin,
  examplePod,
  exampleSbom,
  SUBJECT,
} from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { readImageContents } from '../service/reports/readImageContents';
import { SourceLease } from '../stores/SourceStore';
import { createSbomStore } from './createSbomStore';
import { DatabaseLeaseStore } from './DatabaseLeaseStore';
import { writeSubjectDigests } from './operations/evidence/writeSubjectDigests';
import { forgetOld } from './operations/retention/forgetOld';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-05-02T00:00:00.000Z');
const CHILD = digestOf('1');
const LATER = '2026-05-01T06:00:00.000Z';

describe.each(databases.eachSupportedId())('the store of SBOMs on %s', id => {
  let knex: Knex;
  let origin: EvidenceOf<'origin'>;

  let store: ReturnType<typeof createSbomStore>;
  let lease: SourceLease;

  const write = (...reports: ObservedReport<'sbom'>[]) =>
    store.upsert(lease, reports);
  const remove = (...uids: string[]) => store.remove(lease, uids);
  const contents = async () =>
    (
      await readImageContents({
        knex,
        images: await knex('running_images'),
        origin,
      })
    ).shown;
  const forget = (imagesBefore = '2000-01-01T00:00:00.000Z') =>
    forgetOld({
      knex,
      now: new Date(),
      imagesBefore,
      historyBefore: imagesBefore,
    });

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    store = createSbomStore({ knex });
    lease = (await DatabaseLeaseStore.create({ knex }).acquire({
      feed: 'trivy-sboms',
      source: 'east',
      holder: 'me',
      timeToLiveMs: 60_000,
    }))!;
    origin = exampleOrigin(NOW);
    await observePods({ knex, pods: [examplePod()], now: NOW });
    await knex.transaction(transaction =>
      writeSubjectDigests({ transaction, evidence: [origin] }),
    );
  });

  it('tells what is in the image that runs', async () => {
    expect(await write(exampleSbom())).toBe(true);
    expect(await contents()).toEqual({
      status: 'present',
      format: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: 'urn:uuid:sbom-1',
      tool: { name: 'Trivy', version: '0.72.0' },
      components: 1,
      generatedAt: '2026-05-01T00:00:00.000Z',
      platforms: ['linux/amd64'],
    });
  });

  it('writes nothing when nothing is different', async () => {
    await write(exampleSbom());
    expect(await write(exampleSbom({ resourceVersion: '2' }))).toBe(false);
    expect(await store.knownVersions(lease)).toEqual(
      new Map([['sbom-1', '2']]),
    );
  });

  it('keeps what is known while a report is away', async () => {
    await write(exampleSbom());
    expect(await remove('sbom-1')).toBe(true);
    expect(await knex('sbom_reports')).toEqual([]);
    expect(await contents()).toMatchObject({ status: 'present' });
    await write(exampleSbom({ uid: 'sbom-2', generatedAt: LATER }));
    expect(await contents()).toMatchObject({ generatedAt: LATER });
    expect(await knex('sboms')).toHaveLength(1);
  });

  it('keeps the newest, whichever comes last', async () => {
    await write(exampleSbom({ uid: 'new', generatedAt: LATER }));
    await write(exampleSbom({ uid: 'old', components: [] }));
    expect(await contents()).toMatchObject({
      generatedAt: LATER,
      components: 1,
    });
  });

  it('stores the same components once', async () => {
    await write(
      exampleSbom({ uid: 'a' }),
      exampleSbom({ uid: 'b' }),
      exampleSbom({ uid: 'c', digest: CHILD, generatedAt: LATER }),
    );
    expect(await knex('sbom_reports')).toHaveLength(3);
    expect(await knex('sboms')).toHaveLength(2);
    expect(await knex('sbom_components')).toHaveLength(1);
  });

  it('forgets what is in digests that nobody knows or reports', async () => {
    await write(
      exampleSbom({ uid: 'a' }),
      exampleSbom({ uid: 'b', digest: CHILD, components: [] }),
    );
    await forget();
    expect(await knex('sboms')).toHaveLength(2);

    await remove('a', 'b');
    await forget();
    expect(await knex('sboms').select('digest')).toEqual([
      { digest: SUBJECT.digest },
    ]);
    expect(await knex('sbom_components')).toHaveLength(1);

    await knex('running_images').delete();
    await forget('2100-01-01T00:00:00.000Z');
    expect(await knex('sboms')).toEqual([]);
    expect(await knex('sbom_components')).toEqual([]);
  });

  it('drops a cluster with its reports', async () => {
    await write(exampleSbom());
    expect(await store.sources('trivy-sboms')).toEqual(['east']);
    await store.dropSource('trivy-sboms', 'east');
    expect(await knex('sbom_reports')).toEqual([]);
  });

  describe('when the image is an index', () => {
    beforeEach(async () => {
      origin.detail!.kind = 'index';
      origin.detail!.children = [
        { digest: CHILD, platform: 'linux/amd64' },
        { digest: digestOf('2'), platform: 'linux/arm64' },
      ];
      await knex.transaction(transaction =>
        writeSubjectDigests({ transaction, evidence: [origin] }),
      );
    });

    it('takes an SBOM of the platform that runs', async () => {
      await write(exampleSbom({ digest: CHILD }));
      expect(await contents()).toMatchObject({ status: 'present' });
    });

    it('takes none of another platform', async () => {
      await write(exampleSbom({ digest: digestOf('2') }));
      expect(await contents()).toEqual({
        status: 'otherDigest',
        reason: 'sbomOtherDigest',
      });
    });

    it('takes one of the index for a hint, unless it says its platform', async () => {
      await write(exampleSbom());
      expect(await contents()).toMatchObject({
        status: 'platformUnknown',
        reason: 'sbomPlatformUnknown',
        components: 1,
      });
      await write(exampleSbom({ uid: 'b', platform: 'linux/arm64' }));
      expect(await contents()).toMatchObject({ status: 'platformUnknown' });
      await write(exampleSbom({ uid: 'c', platform: 'linux/amd64' }));
      expect(await contents()).toMatchObject({ status: 'present' });
    });
  });

  describe('when there is none of what runs', () => {
    it('says that nobody reported one', async () => {
      expect(await contents()).toEqual({
        status: 'absent',
        reason: 'sbomMissing',
      });
    });

    it('says that the one for the container is of another digest', async () => {
      await write(exampleSbom({ digest: digestOf('9') }));
      expect(await contents()).toEqual({
        status: 'otherDigest',
        reason: 'sbomOtherDigest',
      });
    });

    it.each([
      ['sbomOtherDigest', 'otherDigest'],
      ['malformedReport', 'invalid'],
    ] as const)('says why it was refused: %s', async (reason, status) => {
      await write(exampleSbom({ reason }));
      expect(await contents()).toEqual({
        status,
        reason,
        message: 'a\ufffd message',
      });
    });

    it('does not take what is known away when a later one is refused', async () => {
      await write(exampleSbom());
      await write(exampleSbom({ reason: 'malformedReport' }));
      expect(await contents()).toMatchObject({ status: 'present' });
    });

    it.each([
      ['down', 'unavailable'],
      ['starting', 'unavailable'],
      ['degraded', 'absent'],
      ['notInstalled', 'absent'],
    ])('when its cluster is %s, says %s', async (state, status) => {
      const [{ cluster }] = await knex('running_images');
      await knex('source_health').insert([
        { kind: 'contents', name: cluster, state },
        { kind: 'contents', name: 'elsewhere', state: 'down' },
      ]);
      expect(await contents()).toMatchObject({ status });
    });

    it.each([
      ['down', 'ok', 'unavailable'],
      ['ok', 'down', 'absent'],
    ])(
      'when reports on containers are %s and those on the cluster %s, says %s',
      async (ofContainers, ofCluster, status) => {
        const [{ cluster }] = await knex('running_images');
        await knex('source_health').insert({
          kind: 'contents',
          name: cluster,
          state: 'degraded',
          parts: JSON.stringify([
            { name: 'sbomreports', state: ofContainers },
            { name: 'clustersbomreports', state: ofCluster },
          ]),
        });
        expect(await contents()).toMatchObject({ status });
      },
    );
  });

  it('tells nothing to who only names the image', async () => {
    await write(exampleSbom());
    await knex('running_images').update({ annotated: true });
    expect(await contents()).toMatchObject({ status: 'absent' });
  });
});
