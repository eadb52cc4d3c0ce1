import { VulnerabilityFinding } from 'backstage-plugin-supply-chain-common';
import { packScan } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { forgetScans } from './forgetScans';
import { KnownTexts } from './KnownTexts';
import { putScans } from './putScans';
import { readScanContents } from './readScanContents';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const finding = (
  number: number,
  rest: Partial<VulnerabilityFinding> = {},
): VulnerabilityFinding => ({
  id: `CVE-2026-${number}`,
  packageName: 'openssl',
  installedVersion: '3.0.1',
  severity: 'high',
  title: `Title of ${number}`,
  ...rest,
});

const scanOf = (...findings: VulnerabilityFinding[]) => ({
  scanner: { name: 'Trivy' },
  findings,
});

const at = (date: string) => new Date(`${date}T12:00:00.000Z`);

describe.each(databases.eachSupportedId())('stored scans on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
  });

  const put = (
    scans: ReturnType<typeof scanOf>[],
    options: { now?: Date; known?: KnownTexts } = {},
  ) =>
    knex.transaction(transaction =>
      putScans({
        transaction,
        scans: scans.map(scan => packScan(scan)),
        now: options.now ?? at('2026-06-01'),
        known: options.known,
      }),
    );

  const read = async (...hashes: string[]) => {
    const rows = hashes.map(hash => ({ scan_hash: hash }));
    return readScanContents(knex, [...rows, { scan_hash: null }]);
  };

  const usedOn = () => knex('scan_texts').orderBy('used_on').pluck('used_on');

  it('holds each text once, and reads every scan as it was', async () => {
    const first = scanOf(finding(1), finding(2, { packageName: 'libssl' }));
    const second = scanOf(
      finding(1, { packageName: 'libssl', score: 7.5 }),
      finding(2, { title: undefined }),
    );
    await put([first, second]);
    await put([first]);
    const hashes = [first, second].map(scan => packScan(scan).hash);
    expect(await knex('scans')).toHaveLength(2);
    expect(await knex('scan_texts')).toHaveLength(3);
    const contents = await read(...hashes, hashes[0]);
    expect([...contents]).toEqual(
      expect.arrayContaining([
        [hashes[0], first],
        [hashes[1], second],
      ]),
    );
    expect(contents.size).toBe(2);
  });

  it('reads what was stored before texts had a table', async () => {
    const scan = scanOf(finding(1));
    await knex('scans').insert({ hash: 'old', detail: JSON.stringify(scan) });
    expect((await read('old')).get('old')).toEqual(scan);
  });

  it('takes a scan that lacks a text for none: what decides may be in it', async () => {
    const scan = scanOf(finding(1), finding(2));
    await put([scan]);
    await knex('scan_texts').where('text', 'like', '%of 1%').delete();
    expect((await read(packScan(scan).hash)).size).toBe(0);
  });

  it('remembers texts for a day, and only those of transactions that ended well', async () => {
    const known = new KnownTexts();
    const scan = packScan(scanOf(finding(1)));
    const [hash] = scan.texts.keys();
    const failing = knex.transaction(async transaction => {
      await putScans({
        transaction,
        scans: [scan],
        now: at('2026-06-01'),
        known,
      });
      throw new Error('the lease is lost');
    });
    await expect(failing).rejects.toThrow('the lease is lost');
    expect(known.has(hash, '2026-06-01')).toBe(false);

    await put([scanOf(finding(1))], { known });
    expect(known.has(hash, '2026-06-01')).toBe(true);
    expect(known.has(hash, '2026-06-02')).toBe(false);
    await put([scanOf(finding(1))], { known, now: at('2026-06-02') });
    expect(await usedOn()).toEqual(['2026-06-02']);
    // A replica whose clock is behind takes nothing back.
    await put([scanOf(finding(1))]);
    expect(await usedOn()).toEqual(['2026-06-02']);
  });

  it('forgets what no report and no upload names, and then its texts', async () => {
    const kept = scanOf(finding(1), finding(2));
    const dropped = scanOf(finding(2), finding(3));
    await put([kept, dropped]);
    await knex('reports').insert({
      feed: 'trivy',
      source: 'east',
      uid: '1',
      namespace: 'shop',
      controller_kind: 'ReplicaSet',
      controller_name: 'web',
      container: 'web',
      resource_version: '1',
      hash: 'h',
      status: 'present',
      subject: '{}',
      observed_at: '2026-06-01T12:00:00.000Z',
      scan_hash: packScan(kept).hash,
    });

    await forgetScans({ knex, now: at('2026-06-08') });
    expect(await knex('scans').pluck('hash')).toEqual([packScan(kept).hash]);
    // The last scan with it may just have been written by somebody who knows it to be there.
    expect(await usedOn()).toHaveLength(3);

    await forgetScans({ knex, now: at('2026-06-09') });
    expect(await usedOn()).toEqual(['2026-06-09', '2026-06-09']);
    expect((await read(packScan(kept).hash)).size).toBe(1);

    await knex('reports').delete();
    await forgetScans({ knex, now: at('2026-06-20') });
    expect(await knex('scans')).toEqual([]);
    expect(await knex('scan_texts')).toEqual([]);
  });

  it('migrates back and forth without losing anything', async () => {
    const { up, down } = jest.requireActual(
      resolvePackagePath(
        'backstage-plugin-supply-chain-backend',
        'migrations/20261010000000_scan_texts.js',
      ),
    );
    const scan = scanOf(finding(1), finding(2, { title: undefined }));
    await put([scan]);
    const clocks = [
      { firstSeenAt: 'a', lastSeenAt: 'b', keys: ['1|x', '2|x'] },
      { firstSeenAt: 'a', firstFixableAt: 'a', lastSeenAt: 'b', keys: ['3|x'] },
    ];
    await knex('vulnerability_clocks').insert({
      repository: 'example.test/web',
      known_since: '2026-06-01T12:00:00.000Z',
      clocks: JSON.stringify(clocks),
    });

    await down(knex);
    const [before] = await knex('scans');
    expect(JSON.parse(before.detail)).toEqual(JSON.parse(JSON.stringify(scan)));
    const [row] = await knex('vulnerability_clocks');
    expect(JSON.parse(row.clocks)).toEqual({
      '1|x': { firstSeenAt: 'a', lastSeenAt: 'b' },
      '2|x': { firstSeenAt: 'a', lastSeenAt: 'b' },
      '3|x': { firstSeenAt: 'a', firstFixableAt: 'a', lastSeenAt: 'b' },
    });

    await up(knex);
    const { hash } = packScan(scan);
    expect((await read(hash)).get(hash)).toEqual(scan);
    const [again] = await knex('vulnerability_clocks');
    expect(JSON.parse(again.clocks)).toEqual(clocks);
  });
});
