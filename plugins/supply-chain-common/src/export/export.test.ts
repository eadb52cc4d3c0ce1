import {
  exampleFindingRow,
  exampleImageRow,
  examplePlace,
  exampleServiceRow,
  exampleSource,
  exampleVulnerabilityRow,
} from '../testing/exampleRows';
import { HOSTILE_STRINGS } from '../testing/hostileStrings';
import { hasUnseenCharacters } from '../text';
import { comparisonTable } from './comparisonTable';
import { exportedImageName, exportFileName } from './exportFileName';
import { ExportFormat, exportWriter } from './exportWriter';
import { ExportTable } from './exportTable';
import { filterImages } from './filterImages';
import { findingTable } from './findingTable';
import { imageTable } from './imageTable';
import { serviceTable } from './serviceTable';
import { vulnerabilityTable } from './vulnerabilityTable';
import { vulnerablePlaceTable } from './vulnerablePlaceTable';

type Row = { a?: string; b?: number };

const TABLE: ExportTable<Row> = { a: row => row.a, b: row => row.b };

function written(format: ExportFormat, pages: Row[][]): string {
  const writer = exportWriter({ format, table: TABLE });
  const pieces = pages.map(rows => writer.write(rows));
  return [...pieces, writer.end()].join('');
}

describe('exportWriter', () => {
  it('quotes text, leaves numbers and gaps', () => {
    expect(written('csv', [[{ a: 'say "x", y', b: 2 }, {}]])).toBe(
      '"a","b"\r\n"say ""x"", y",2\r\n,\r\n',
    );
  });

  it.each(['csv', 'json'] as const)(
    'writes the same %s however the rows come',
    format => {
      const rows = ['x', 'y', 'z'].map((a, b) => ({ a, b }));
      const [x, ...others] = rows;
      expect(written(format, [[x], [], others])).toBe(written(format, [rows]));
    },
  );

  it('writes JSON as it is written in one piece', () => {
    const rows = [{ a: 'x' }, { a: 'y', b: 1 }];
    expect(
      written(
        'json',
        rows.map(row => [row]),
      ),
    ).toBe(`${JSON.stringify(rows, null, 2)}\n`);
  });

  it.each([[[]], [[[]]]])('writes what has no rows: %j', pages => {
    expect(written('csv', pages)).toBe('"a","b"\r\n');
    expect(written('json', pages)).toBe('[]\n');
  });

  it.each(HOSTILE_STRINGS)('makes %j one harmless cell', text => {
    const lines = written('csv', [[{ a: text }]]).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).not.toMatch(/^"[\s]*[=+\-@|%\uff1d]/);
    expect(hasUnseenCharacters(lines[1])).toBe(false);
  });

  it.each(HOSTILE_STRINGS)('keeps %j as it is for every reader', text => {
    const json = written('json', [[{ a: text }], [{ a: text }]]);
    expect(JSON.parse(json)).toEqual([{ a: text }, { a: text }]);
    expect(hasUnseenCharacters(json.replace(/\n/g, ''))).toBe(false);
  });
});

describe('exportFileName', () => {
  it.each(HOSTILE_STRINGS)('makes %j part of a plain name', text => {
    const name = exportFileName({ of: [text], format: 'csv' });
    expect(name).toMatch(/^supply-chain-[A-Za-z0-9._-]*\.csv$/);
  });

  it('tells images by the beginning of their digests', () => {
    const image = exportedImageName(`sha256:${'4b'.repeat(32)}`);
    expect(exportFileName({ of: ['image', image], format: 'json' })).toBe(
      'supply-chain-image-4b4b4b4b4b4b.json',
    );
  });
});

describe('the tables', () => {
  const cellsOf = <T>(table: ExportTable<T>, row: T) =>
    Object.fromEntries(
      Object.entries(table).map(([name, valueOf]) => [name, valueOf(row)]),
    );

  it.each([
    ['services', cellsOf(serviceTable, exampleServiceRow())],
    ['images', cellsOf(imageTable, exampleImageRow())],
  ])('count every severity, and what VEX sets aside, for %s', (_, cells) => {
    expect(cells).toMatchObject({
      critical: 1,
      high: 0,
      medium: 0,
      low: 0,
      negligible: 3,
      unknown: 4,
      notAffected: 5,
    });
  });

  it('say what no scan speaks for beside the counts', () => {
    const gap = { count: 2, total: 3, status: 'absent' as const };
    const row = exampleServiceRow();
    const vulnerabilities = { ...row.vulnerabilities!, gap };
    expect(cellsOf(serviceTable, row)).toMatchObject({ unscanned: 0 });
    expect(cellsOf(serviceTable, { ...row, vulnerabilities })).toMatchObject({
      critical: 1,
      unscanned: 2,
    });
  });

  it('say until when a vulnerability may stay', () => {
    const row = { ...exampleFindingRow(), exploitData: {} };
    const dueAt = '2026-12-01T00:00:00Z';
    expect(cellsOf(findingTable, { ...row, dueAt })).toMatchObject({
      dueAt,
      overdue: false,
    });
    expect(cellsOf(findingTable, { ...row, overdue: true })).toMatchObject({
      dueAt: undefined,
      overdue: true,
    });
  });

  it.each([
    ['absent' as const, undefined],
    ['unavailable' as const, 'feedNotReachable'],
  ])('leave numbers empty where the scan is %s', (status, reason) => {
    const vulnerabilities = { status, reason, fixable: 0 };
    for (const cells of [
      cellsOf(imageTable, exampleImageRow({ vulnerabilities })),
      cellsOf(serviceTable, exampleServiceRow({ vulnerabilities })),
    ]) {
      expect(cells).toMatchObject({
        scan: status,
        critical: undefined,
        negligible: undefined,
        unknown: undefined,
        notAffected: undefined,
        fixable: undefined,
        knownExploited: undefined,
      });
    }
  });

  it('say from when what is known of exploits is, and leave empty what is not known', () => {
    const releasedAt = '2026-11-23T10:00:00Z';
    const exploitData = {
      knownExploited: { releasedAt, outdated: true },
    };
    const exploited = {
      id: 'CVE-2021-44228',
      dateAdded: '2021-12-10',
      dueDate: '2021-12-24',
      ransomware: false,
    };
    const epss = { score: 0, percentile: 0.1, date: '2026-11-23' };
    for (const cells of [
      cellsOf(vulnerabilityTable, {
        ...exampleVulnerabilityRow({ exploited, epss }),
        exploitData,
      }),
      cellsOf(findingTable, {
        ...exampleFindingRow({ exploited, epss }),
        exploitData,
      }),
    ]) {
      expect(cells).toMatchObject({
        exploitedAs: 'CVE-2021-44228',
        exploitedDueDate: '2021-12-24',
        ransomware: undefined,
        epss: 0,
        kevReleasedAt: releasedAt,
        kevOutdated: true,
        epssReleasedAt: undefined,
        epssOutdated: undefined,
      });
    }
    expect(
      cellsOf(vulnerabilityTable, {
        ...exampleVulnerabilityRow(),
        exploitData: {},
      }),
    ).toMatchObject({
      exploitedAs: undefined,
      epss: undefined,
      atLeast: false,
      kevReleasedAt: undefined,
    });
  });

  it('leave empty what one of two images is not known to have', () => {
    const [added, removed] = [
      { change: 'mayBeNew' as const, after: exampleFindingRow() },
      { change: 'fixed' as const, before: exampleFindingRow() },
    ];
    expect(
      cellsOf(comparisonTable, { ...added, reason: 'scannedByOthers' }),
    ).toMatchObject({
      change: 'mayBeNew',
      reason: 'scannedByOthers',
      severityBefore: undefined,
      scannersBefore: undefined,
      severityAfter: 'critical',
    });
    expect(cellsOf(comparisonTable, removed)).toMatchObject({
      vulnerability: 'CVE-2026-1',
      severityBefore: 'critical',
      severityAfter: undefined,
    });
  });

  it('write what each scanner says, what would be updated and what VEX states', () => {
    const sources = [
      exampleSource,
      { ...exampleSource, scanner: 'Clair', severity: 'low' as const },
    ];
    const vex = [
      {
        status: 'notAffected' as const,
        justification: 'component_not_present' as const,
        statedAt: '2026-11-23T09:00:00Z',
        trust: 'signed' as const,
        by: 'acme',
        counts: true,
      },
    ];
    const packages = [
      { name: 'a', installedVersion: '1', fixedVersion: '2' },
      { name: 'b', installedVersion: '1' },
    ];
    const said = {
      scanners: 'Trivy: critical; Clair: low',
      vex: 'notAffected (component_not_present) signed acme counts',
    };
    expect(
      cellsOf(vulnerablePlaceTable, examplePlace({ sources, packages, vex })),
    ).toMatchObject({ ...said, packages: 'a 1 -> 2; b 1', notAffected: false });
    expect(
      cellsOf(findingTable, {
        ...exampleFindingRow({ sources, vex, notAffected: true }),
        exploitData: {},
      }),
    ).toMatchObject({
      ...said,
      scannedAt: 'Trivy: 2026-11-23T09:00:00Z; Clair: 2026-11-23T09:00:00Z',
      notAffected: true,
    });
  });
});

describe('filterImages', () => {
  const [api, other] = [
    exampleImageRow(),
    exampleImageRow({
      imageRef: 'docker.io/library/nginx:1',
      repository: 'docker.io/library/nginx',
      digest: undefined,
      outcome: 'unknown',
      placements: [],
    }),
  ];

  it.each([
    [{}, [api, other]],
    [{ cluster: 'prod-eu' }, [api]],
    [{ outcome: 'unknown' }, [other]],
    [{ text: 'NGINX' }, [other]],
    [{ text: 'shop' }, [api]],
    [{ text: 'main', outcome: 'pass' }, []],
  ])('leaves what %j wants', (filter, rows) => {
    expect(filterImages([api, other], filter)).toEqual(rows);
  });
});
