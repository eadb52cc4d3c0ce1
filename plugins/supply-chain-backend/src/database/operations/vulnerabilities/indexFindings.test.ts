import {
  JudgedFinding,
  JudgedImage,
  Severity,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import {
  SEES_EVERYTHING,
  VisibleEntities,
} from '../../../permissions/VisibleEntities';
import { endVerdicts } from '../verdicts/endVerdicts';
import { writeJudgements } from '../verdicts/writeJudgements';
import { listVulnerabilities } from './listVulnerabilities';
import { listVulnerableImages } from './listVulnerableImages';

jest.setTimeout(60_000);

const databases = createTestDatabases();

type Found = Partial<JudgedFinding> & { id: string; severity: Severity };

const findingOf = (found: Found): JudgedFinding => ({
  packageName: 'openssl',
  installedVersion: '3.0.0',
  sources: [],
  clockKeys: [],
  ...found,
});

const taskOf = (runningImageId: string) => ({
  runningImageId,
  attempts: 0,
  ticket: 't',
  lease: 'l',
});

function judgementOf(
  findings: Found[] | undefined,
  { entityRef = 'web', counted = true, digest = 'sha256:00' } = {},
) {
  const judged = {
    key: `a@${digest}`,
    imageRef: 'a:1',
    repository: 'a',
    digest,
    counted,
    running: true,
    outcome: 'pass',
    verdicts: [],
    answers: {},
    fixableCritical: 0,
    fixableCriticalOverdue: 0,
    evaluatedAt: '2026-11-25T12:00:00.000Z',
  } as unknown as JudgedImage;
  return {
    entityRef,
    evaluation: { outcome: 'pass' as const, verdicts: [] },
    judged,
    ...(findings && { findings: findings.map(findingOf) }),
  };
}

const ZLIB: Found = { id: 'CVE-2026-0001', severity: 'high' };
const CURL: Found = {
  id: 'CVE-2026-0002',
  severity: 'low',
  fixedVersion: '8.1',
  title: 'curl: a leak',
  aliases: ['GHSA-aaaa-bbbb-cccc'],
};

describe.each(databases.eachSupportedId())('findings on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
  });

  const write = (
    run: string,
    ...judgements: ReturnType<typeof judgementOf>[]
  ) =>
    knex.transaction(transaction =>
      writeJudgements({
        transaction,
        judged: [{ task: taskOf(run), judgements }],
      }),
    );

  const runs = (run: string, key: string) =>
    knex('running_images').insert({
      id: run,
      cluster: 'east',
      namespace: 'shop',
      workload_kind: 'Deployment',
      workload_name: run,
      container: 'main',
      container_type: 'app',
      image_ref: 'a:1',
      digest_source: 'imageID',
      subject_key: key,
      started: true,
      pods: 1,
      controllers: '[]',
      running: true,
      hash: 'h',
      first_seen: '2026-11-25T12:00:00.000Z',
      last_seen: '2026-11-25T12:00:00.000Z',
    });

  const known = () =>
    knex('vulnerabilities')
      .orderBy('name')
      .select('name', 'severity', 'fixable', 'title');

  const counts = async () => {
    const of = async (table: string) =>
      Number((await knex(table).count({ count: '*' }))[0].count);
    return {
      sets: await of('finding_sets'),
      members: await of('finding_set_members'),
      names: await of('vulnerability_names'),
      vulnerabilities: await of('vulnerabilities'),
    };
  };

  const NOTHING = { sets: 0, members: 0, names: 0, vulnerabilities: 0 };

  it('are one set wherever the same ones run', async () => {
    await write('run-1', judgementOf([ZLIB, CURL]));
    await write('run-2', judgementOf([CURL, ZLIB]));
    expect(await counts()).toEqual({
      sets: 1,
      members: 2,
      names: 3,
      vulnerabilities: 2,
    });
    expect(await known()).toEqual([
      { name: 'CVE-2026-0001', severity: 1, fixable: 0, title: null },
      {
        name: 'CVE-2026-0002',
        severity: 4,
        fixable: 1,
        title: 'curl: a leak',
      },
    ]);
  });

  it('are one vulnerability in several packages, as bad as the worst', async () => {
    await write(
      'run-1',
      judgementOf([
        { ...ZLIB, packageName: 'zlib', severity: 'low' },
        { ...ZLIB, packageName: 'zlib-dev', fixedVersion: '2' },
      ]),
    );
    expect(await known()).toMatchObject([{ severity: 1, fixable: 1 }]);
    expect(await counts()).toMatchObject({ members: 1 });
  });

  it('are a set of none where a scan found none, and no set where none speaks', async () => {
    await write('run-1', judgementOf([]));
    await write('run-2', judgementOf(undefined));
    const rows = await knex('image_summaries')
      .orderBy('running_image_id')
      .select('finding_set');
    expect(rows).toEqual([
      { finding_set: expect.any(Number) },
      { finding_set: null },
    ]);
    expect(await counts()).toMatchObject({ sets: 1, members: 0 });
  });

  it('are as bad as in the worst image that is left', async () => {
    await write('run-1', judgementOf([{ ...CURL, severity: 'critical' }]));
    await write('run-2', judgementOf([{ ...CURL, fixedVersion: undefined }]));
    expect(await known()).toMatchObject([{ severity: 0, fixable: 1 }]);
    await write('run-1', judgementOf([ZLIB]));
    expect(await known()).toMatchObject([
      { name: 'CVE-2026-0001' },
      { name: 'CVE-2026-0002', severity: 4, fixable: 0 },
    ]);
    await write('run-2', judgementOf([]));
    expect(await known()).toMatchObject([{ name: 'CVE-2026-0001' }]);
  });

  describe('that VEX sets aside', () => {
    const NOBODY = { entityRef: '' };
    const NO_ENTITIES = { column: 'owner', values: [] } as never;
    const setAside = (found: Found): Found => ({ ...found, notAffected: true });
    const everything = {
      visible: SEES_EVERYTHING,
      filter: {},
      offset: 0,
      limit: 25,
    } as const;
    const list = async (
      exploited: string[] = [],
      visible: Partial<VisibleEntities> = {},
    ) =>
      listVulnerabilities({
        ...everything,
        visible: { ...everything.visible, ...visible },
        knex,
        exploited,
      });

    it('stand behind all that counts, as bad or exploited as they are', async () => {
      await write(
        'run-1',
        judgementOf([CURL, setAside({ ...ZLIB, fixedVersion: '2' })], NOBODY),
      );
      const expected = {
        total: 2,
        vulnerabilities: [
          { name: CURL.id, severity: 'low', images: 1, fixable: true },
          {
            name: ZLIB.id,
            severity: 'high',
            notAffected: true,
            images: 0,
            imagesNotAffected: 1,
            fixable: false,
          },
        ],
      };
      expect(await list([ZLIB.id])).toMatchObject(expected);
      expect(await list([ZLIB.id], { rules: NO_ENTITIES })).toMatchObject(
        expected,
      );
      const bySeverity = await listVulnerabilities({
        ...everything,
        filter: { severity: 'high' },
        knex,
        exploited: [],
      });
      expect(bySeverity.total).toBe(0);
    });

    it('count where another image does not set them aside', async () => {
      await write('run-1', judgementOf([setAside(ZLIB)], NOBODY));
      const other = { ...NOBODY, digest: 'sha256:01' };
      await write('run-2', judgementOf([{ ...ZLIB, severity: 'low' }], other));
      for (const visible of [{}, { rules: NO_ENTITIES }]) {
        const [found] = (await list([], visible)).vulnerabilities;
        expect(found).toMatchObject({
          severity: 'low',
          images: 1,
          imagesNotAffected: 1,
        });
        expect(found).not.toHaveProperty('notAffected');
      }
      await runs('run-1', 'a@sha256:00');
      await runs('run-2', 'a@sha256:01');
      const places = () =>
        listVulnerableImages({ ...everything, knex, name: ZLIB.id });
      expect(await places()).toMatchObject({
        total: 2,
        images: 1,
        imagesNotAffected: 1,
        vulnerability: { severity: 'low' },
        items: [{ severity: 'low' }, { severity: 'high', notAffected: true }],
      });
      // As when it is forgotten between the two reads of a page.
      await knex('running_images').where({ id: 'run-1' }).delete();
      expect((await places()).items).toMatchObject([{ severity: 'low' }]);
    });

    it('count in an image that has them elsewhere too', async () => {
      await write(
        'run-1',
        judgementOf([setAside(ZLIB), { ...ZLIB, packageName: 'z' }], NOBODY),
      );
      const [found] = (await list()).vulnerabilities;
      expect(found).toMatchObject({ severity: 'high', images: 1 });
      expect(found).not.toHaveProperty('imagesNotAffected');
    });
  });

  it.each(['GHSA-aaaa-bbbb-cccc', 'ghsa-AAAA-bbbb-cccc'])(
    'are found under %s, which is their own name here and an alias there',
    async name => {
      const nobodys = (found: Found, digest: string) =>
        judgementOf([found], { entityRef: '', digest });
      const early = { ...CURL, id: 'GHSA-aaaa-bbbb-cccc', aliases: [] };
      await write('run-1', nobodys(early, 'sha256:00'));
      await write('run-2', nobodys(CURL, 'sha256:01'));
      const places = await listVulnerableImages({
        visible: SEES_EVERYTHING,
        knex,
        name,
        offset: 0,
        limit: 25,
      });
      expect(places).toMatchObject({
        total: 2,
        images: 2,
        vulnerability: {
          name: 'GHSA-aaaa-bbbb-cccc',
          aliases: ['CVE-2026-0002'],
        },
      });
    },
  );

  it.each([
    ['is scanned no more', () => write('run-1', judgementOf(undefined))],
    [
      'no longer counts',
      () => write('run-1', judgementOf([ZLIB], { counted: false })),
    ],
    [
      'is forgotten',
      () =>
        knex.transaction(transaction =>
          endVerdicts({ transaction, ended: [{ task: taskOf('run-1') }] }),
        ),
    ],
  ])('go when the last image that has them %s', async (_, end) => {
    await write('run-1', judgementOf([ZLIB]));
    await end();
    expect(await counts()).toEqual(NOTHING);
  });

  it('stay while another service runs the image', async () => {
    const other = { entityRef: 'api' };
    await write('run-1', judgementOf([ZLIB]), judgementOf([CURL], other));
    await write('run-1', judgementOf([CURL], other));
    expect(await known()).toMatchObject([{ name: 'CVE-2026-0002' }]);
  });

  it('say of one vulnerability what each image says of it', async () => {
    await write('run-1', judgementOf([CURL]));
    await write(
      'run-2',
      judgementOf([{ ...CURL, title: 'curl: another text', aliases: [] }]),
    );
    expect(await counts()).toMatchObject({ vulnerabilities: 2, names: 3 });
    await write('run-1', judgementOf([]));
    expect(await known()).toMatchObject([{ title: 'curl: another text' }]);
  });

  it('are found when replicas write and remove the same set at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      await write('run-1', judgementOf([ZLIB]));
      await Promise.all([
        write('run-1', judgementOf([])),
        write('run-2', judgementOf([ZLIB])),
        write('run-3', judgementOf([ZLIB, CURL])),
      ]);
      await Promise.all([
        write('run-2', judgementOf([])),
        write('run-3', judgementOf([ZLIB])),
      ]);
      const dangling = await knex('image_summaries as images')
        .leftJoin('finding_sets as sets', 'sets.id', 'images.finding_set')
        .whereNull('sets.id');
      expect(dangling).toEqual([]);
      expect(await known()).toMatchObject([{ name: 'CVE-2026-0001' }]);
    }
  });
});
