import {
  Digest,
  VexDetail,
  VulnerabilityDetail,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  digestOf,
  exampleOrigin,
  examplePod,
} from '../../../__testUtils__/examples';
import { observePods } from '../../../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { RunningImageRow, ScanRow, UploadRow } from '../../tables';
import { writeSubjectDigests } from '../evidence/writeSubjectDigests';
import { forgetOld } from '../retention/forgetOld';
import { readEntityUploads, readUploads } from './readUploads';
import { Upload } from './uploadRow';
import { writeUpload } from './writeUpload';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2100-05-01T12:00:00.000Z');
const CHILD = digestOf('1');
const ENTITY = 'component:default/web';

const detailOf = (digest: Digest, scannedAt: string): VulnerabilityDetail => ({
  scanner: { name: 'Trivy', version: '1' },
  scannedAt,
  artifact: { digest },
  platform: 'linux/amd64',
  findings: [],
});

describe.each(databases.eachSupportedId())('uploads on %s', id => {
  let knex: Knex;
  let image: RunningImageRow;

  const write = (
    change: Partial<Upload> = {},
    scannedAt = '2100-05-01T11:00:00.000Z',
  ) => {
    const about = {
      entity_ref: ENTITY,
      repository: image.repository!,
      digest: image.digest!,
      ...change,
    };
    return writeUpload({
      knex,
      upload: {
        trust: 'oidcUpload',
        uploaded_by: 'ci',
        format: 'trivy',
        body_hash: scannedAt,
        uploaded_at: NOW.toISOString(),
        content: {
          kind: 'vulnerabilities',
          detail: detailOf(about.digest as Digest, scannedAt),
        },
        ...about,
      },
    });
  };
  const writeVex = (detail: Partial<VexDetail> = {}, bodyHash = 'a') =>
    write({
      format: 'openvex',
      body_hash: bodyHash,
      content: {
        kind: 'vex',
        detail: {
          id: 'https://acme.example/vex/1',
          issuedAt: '2100-05-01T11:00:00.000Z',
          version: 1,
          statements: [],
          ignored: [],
          ...detail,
        },
      },
    });
  const found = async () => {
    const uploads = await readUploads({ knex, images: [image] });
    return uploads.get(image.id)!;
  };

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    await observePods({ knex, pods: [examplePod()], now: NOW });
    image = (await knex<RunningImageRow>('running_images').first())!;
    const origin = exampleOrigin(NOW);
    origin.detail!.kind = 'index';
    origin.detail!.children = [{ digest: CHILD, platform: 'linux/amd64' }];
    await knex.transaction(transaction =>
      writeSubjectDigests({ transaction, evidence: [origin] }),
    );
    await knex('running_image_entities').insert({
      running_image_id: image.id,
      entity_ref: ENTITY,
    });
    await knex('verdict_work').delete();
  });

  it.each([
    ['the image itself', () => image.digest!],
    ['a platform of it', () => CHILD],
  ])(
    'are found again about %s, with who stands behind them',
    async (_what, digest) => {
      await write({ digest: digest() });
      expect(await found()).toEqual([
        {
          subject: { type: 'content', digest: digest() },
          collector: 'upload',
          kind: 'vulnerabilities',
          status: 'present',
          observedAt: NOW.toISOString(),
          scope: { entityRef: ENTITY },
          trust: 'oidcUpload',
          uploadedBy: 'ci',
          detail: detailOf(digest() as Digest, '2100-05-01T11:00:00.000Z'),
        },
      ]);
      expect(await knex('verdict_work')).toHaveLength(1);
    },
  );

  it('of VEX are found beside scans, with who stands behind them', async () => {
    await write();
    const { status } = await writeVex({ author: 'Acme' });
    expect(status).toBe('created');
    const evidence = await found();
    expect(evidence).toHaveLength(2);
    expect(evidence).toContainEqual({
      subject: {
        type: 'image',
        repository: image.repository,
        digest: image.digest,
      },
      collector: 'upload',
      kind: 'vex',
      status: 'present',
      observedAt: NOW.toISOString(),
      scope: { entityRef: ENTITY },
      trust: 'oidcUpload',
      uploadedBy: 'ci',
      detail: {
        id: 'https://acme.example/vex/1',
        author: 'Acme',
        issuedAt: '2100-05-01T11:00:00.000Z',
        version: 1,
        statements: [],
        ignored: [],
      },
    });
    expect(await knex('verdict_work')).toHaveLength(1);
    expect(
      await readEntityUploads({
        knex,
        entityRef: 'component:default/other',
        repository: image.repository!,
        digests: [image.digest!],
      }),
    ).toEqual([]);
  });

  it('of VEX are replaced by the newer one, then by the later version of a document', async () => {
    const statuses = [];
    for (const [change, hash] of [
      [{}, 'a'],
      [{}, 'a'],
      [{ version: 2 }, 'b'],
      [{ version: 1 }, 'c'],
      [{ version: 9, issuedAt: '2100-05-01T10:00:00.000Z' }, 'd'],
      [{ version: 1, issuedAt: '2100-05-01T11:30:00.000Z' }, 'e'],
      [{ id: undefined, author: 'Acme', issuedAt: undefined }, 'f'],
      [{ id: undefined, author: undefined, issuedAt: undefined }, 'g'],
    ] as const) {
      statuses.push((await writeVex(change, hash)).status);
    }
    expect(statuses).toEqual([
      'created',
      'unchanged',
      'replaced',
      'kept',
      'kept',
      'replaced',
      'created',
      'created',
    ]);
    const rows = await knex<UploadRow>('uploads').orderBy('origin');
    expect(rows.map(row => [row.origin, row.made_at])).toEqual([
      ['', NOW.toISOString()],
      ['Acme', NOW.toISOString()],
      ['https://acme.example/vex/1', '2100-05-01T11:30:00.000Z'],
    ]);
  });

  it.each<[string, Partial<Upload>, number]>([
    [
      'of another repository with the same content',
      { repository: 'registry.acme.example/else/where' },
      0,
    ],
    ['about other content', { digest: digestOf('9') }, 0],
    [
      'for an entity that does not run it',
      { entity_ref: 'component:default/other' },
      1,
    ],
  ])('have nothing judged again: %s', async (_what, change, held) => {
    await write(change);
    // Those of other entities are told apart by their scope.
    expect(await found()).toHaveLength(held);
    expect(await knex('verdict_work')).toEqual([]);
  });

  it('are read for an entity and an image that need not run', async () => {
    await write({ digest: digestOf('9') });
    const read = (entityRef: string) =>
      readEntityUploads({
        knex,
        entityRef,
        repository: image.repository!,
        digests: [digestOf('9'), CHILD],
      });
    expect(await read(ENTITY)).toHaveLength(1);
    expect(await read('component:default/other')).toEqual([]);
  });

  it('stay the newest when two come at once', async () => {
    const times = ['2100-05-01T09:00:00.000Z', '2100-05-01T10:00:00.000Z'];
    await Promise.all(times.map(time => write({}, time)));
    const [row] = await knex<UploadRow>('uploads');
    expect(row.made_at).toBe(times[1]);
  });

  it('are forgotten after a time unless their image is known', async () => {
    await write({ digest: CHILD });
    await write({ digest: digestOf('9') });
    const forget = (before: string) =>
      forgetOld({
        knex,
        now: new Date(),
        imagesBefore: before,
        historyBefore: before,
      });
    await forget(NOW.toISOString());
    expect(await knex('uploads')).toHaveLength(2);
    await knex('running_images').update({
      last_seen: '2100-06-01T00:00:00.000Z',
    });
    await knex('subjects').update({ last_seen: '2100-06-01T00:00:00.000Z' });
    await forget('2100-05-02T00:00:00.000Z');
    const rows = await knex<UploadRow>('uploads');
    expect(rows.map(row => row.digest)).toEqual([CHILD]);
    expect(await knex<ScanRow>('scans')).toHaveLength(1);
  });
});
