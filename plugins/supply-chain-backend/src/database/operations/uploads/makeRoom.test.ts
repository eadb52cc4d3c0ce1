import { VexStatement } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { digestOf } from '../../../__testUtils__/examples';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { UploadRow } from '../../tables';
import { UPLOAD_LIMITS } from './uploadLimits';
import { Upload, uploadRowOf } from './uploadRow';
import { writeUpload } from './writeUpload';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const UPLOADED_AT = '2100-05-01T12:00:00.000Z';
const { vex, vulnerabilities } = UPLOAD_LIMITS;

const about = (change: Partial<Upload>) => ({
  entity_ref: 'component:default/web',
  repository: 'registry.acme.example/shop/web',
  digest: digestOf('1'),
  trust: 'oidcUpload' as const,
  uploaded_by: 'ci',
  uploaded_at: UPLOADED_AT,
  ...change,
});

/** The document of one minute; each has an id of its own, as `vexctl create` gives them. */
const vexOf = (
  minute: number,
  change: Partial<Upload> = {},
  statement: Partial<VexStatement> = {},
): Upload => {
  const time = new Date(Date.parse('2100-05-01T00:00:00.000Z'));
  time.setUTCMinutes(minute);
  const statedAt = time.toISOString();
  return {
    ...about(change),
    format: 'openvex',
    body_hash: `vex ${minute} ${change.uploaded_by ?? 'ci'}`,
    content: {
      kind: 'vex',
      detail: {
        id: `https://openvex.dev/docs/public/vex-${minute}`,
        issuedAt: statedAt,
        version: 1,
        statements: [
          {
            names: ['CVE-2026-9'],
            status: 'notAffected',
            statedAt,
            ...statement,
          },
        ],
        ignored: [],
      },
    },
  };
};

const scanOf = (name: string, change: Partial<Upload> = {}): Upload => ({
  ...about(change),
  format: 'cyclonedx',
  body_hash: `scan ${name}`,
  content: {
    kind: 'vulnerabilities',
    detail: {
      scanner: { name },
      scannedAt: '2100-05-01T11:00:00.000Z',
      artifact: { digest: digestOf('1') },
      findings: [],
    },
  },
});

const minutes = (count: number) => Array.from({ length: count }, (_, at) => at);

describe.each(databases.eachSupportedId())('room for uploads on %s', id => {
  let knex: Knex;

  /** Without asking whether there is room. */
  const hold = (uploads: Upload[]) =>
    knex.batchInsert(
      'uploads',
      uploads.map(each => uploadRowOf(each).row),
      10,
    );
  const write = async (upload: Upload) =>
    (await writeUpload({ knex, upload })).status;
  const held = async (of: Partial<UploadRow> = { kind: 'vex' }) => {
    const rows: UploadRow[] = await knex<UploadRow>('uploads')
      .where(of)
      .orderBy(['made_at', 'id']);
    return rows.map(row => row.body_hash);
  };

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
  });

  it('is made by the oldest document that says nothing any more, night after night', async () => {
    await hold(minutes(vex.byOne).map(each => vexOf(each)));
    expect(await write(vexOf(100))).toBe('created');
    expect(await write(vexOf(101))).toBe('created');
    const rows = await held();
    expect(rows).toHaveLength(vex.byOne);
    expect([rows[0], rows.at(-1)]).toEqual(['vex 2 ci', 'vex 101 ci']);
  });

  it('is not made by a document that says what no later one does', async () => {
    await hold([
      vexOf(0, {}, { names: ['CVE-2026-1'] }),
      vexOf(1, {}, { status: 'affected' }),
      ...minutes(vex.byOne - 2).map(each => vexOf(each + 2)),
    ]);
    expect(await write(vexOf(100))).toBe('created');
    expect((await held()).slice(0, 3)).toEqual([
      'vex 0 ci',
      'vex 1 ci',
      'vex 3 ci',
    ]);
  });

  it('is refused where each document says something of its own, and nothing is dropped', async () => {
    const each = (minute: number) => ({ names: [`CVE-2026-${minute}`] });
    await hold(minutes(vex.byOne).map(at => vexOf(at, {}, each(at))));
    const before = await held();
    expect(await write(vexOf(100, {}, each(100)))).toBe('refused');
    expect(await held()).toEqual(before);
  });

  it('is there for another kind, and for whoever hands in besides', async () => {
    await hold(minutes(vex.byOne).map(each => vexOf(each)));
    expect(await write(scanOf('Trivy'))).toBe('created');
    expect(await write(vexOf(0, { uploaded_by: 'other' }))).toBe('created');
    expect(await write(vexOf(0, { trust: 'tokenUpload' }))).toBe('created');
    expect(await held()).toHaveLength(vex.byOne + 2);
  });

  const holdOfThree = (
    statementOf: (by: string, at: number) => Partial<VexStatement>,
  ) =>
    hold(
      ['a', 'b', 'c'].flatMap(by =>
        minutes(vex.byAll / 3).map(at =>
          vexOf(at, { uploaded_by: by }, statementOf(by, at)),
        ),
      ),
    );

  it('is taken from others where they have said it anew themselves', async () => {
    await holdOfThree((by, at) =>
      by === 'b' ? {} : { names: [`CVE-${by}-${at}`] },
    );
    expect(await write(vexOf(200, { uploaded_by: 'd' }))).toBe('created');
    expect((await held({ uploaded_by: 'b' }))[0]).toBe('vex 1 b');
    expect(await held()).toHaveLength(vex.byAll);
  });

  it('is not taken from others where somebody else says it anew', async () => {
    const only = (by: string, at: number): Partial<VexStatement> => ({
      names: [`CVE-${by}-${at}`],
      status: 'affected',
    });
    await holdOfThree(only);
    const upload = vexOf(200, { uploaded_by: 'd' }, only('a', 0));
    expect(await write(upload)).toBe('refused');
    expect(await held()).toHaveLength(vex.byAll);
  });

  it('is never made by a scan, of whomever', async () => {
    await hold(
      minutes(vulnerabilities.byOne).map(at => scanOf(`scanner ${at}`)),
    );
    expect(await write(scanOf('one more'))).toBe('refused');
    expect(await write({ ...scanOf('scanner 0'), body_hash: 'newer' })).toBe(
      'replaced',
    );
    expect(await write(scanOf('Trivy', { uploaded_by: 'other' }))).toBe(
      'created',
    );
    const left = vulnerabilities.byAll - vulnerabilities.byOne - 1;
    await hold(
      minutes(left).map(at => scanOf('Trivy', { uploaded_by: `${at}` })),
    );
    expect(await write(scanOf('Trivy', { uploaded_by: 'newcomer' }))).toBe(
      'refused',
    );
    expect(await held({ kind: 'vulnerabilities' })).toHaveLength(
      vulnerabilities.byAll,
    );
    expect(await write(vexOf(0))).toBe('created');
  });
});
