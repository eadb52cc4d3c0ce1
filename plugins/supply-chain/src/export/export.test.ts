import { HOSTILE_STRINGS } from '../__testUtils__/hostileStrings';
import { imageComparison } from '../__testUtils__/comparisonReports';
import { imageRow, serviceRow, unreadableRow } from '../__testUtils__/reports';
import {
  vulnerabilityRow,
  vulnerablePlace,
} from '../__testUtils__/vulnerabilityReports';
import { hasUnseenCharacters } from '../ui/escapeHostileText';
import { comparisonTable } from './comparisonTable';
import { imageTable } from './imageTable';
import { quoteCommand } from './quoteCommand';
import { serviceTable } from './serviceTable';
import { toCsv } from './toCsv';
import { toJson } from './toJson';
import { vulnerabilityTable } from './vulnerabilityTable';
import { vulnerablePlaceTable } from './vulnerablePlaceTable';

describe('toCsv', () => {
  it('quotes text, leaves numbers and gaps', () => {
    expect(
      toCsv({ header: ['a', 'b', 'c'], rows: [['say "x", y', 2, undefined]] }),
    ).toBe('"a","b","c"\r\n"say ""x"", y",2,\r\n');
  });

  it.each(HOSTILE_STRINGS)('makes %j one harmless cell', text => {
    const csv = toCsv({ header: ['text'], rows: [[text]] });
    const lines = csv.split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).not.toMatch(/^"[\s]*[=+\-@|%\uff1d]/);
    expect(hasUnseenCharacters(lines[1])).toBe(false);
  });
});

describe('toJson', () => {
  it.each(HOSTILE_STRINGS)('keeps %j as it is for every reader', text => {
    const json = toJson([{ text }]);
    expect(JSON.parse(json)).toEqual([{ text }]);
    expect(hasUnseenCharacters(json.replace(/\n/g, ''))).toBe(false);
  });
});

describe('quoteCommand', () => {
  it('leaves plain arguments and quotes the rest', () => {
    expect(quoteCommand(['cosign', 'verify', '--key', "o'brien $HOME"])).toBe(
      `cosign verify --key 'o'\\''brien $HOME'`,
    );
  });

  it('quotes what a shell expands at the start of a word', () => {
    expect(quoteCommand(['echo', '~', '=ls', ''])).toBe("echo '~' '=ls' ''");
  });

  it('breaks lines before options and before the image', () => {
    expect(
      quoteCommand(['cosign', 'verify', '--key', 'k.pub', 'r.example/a'], {
        multiline: true,
      }),
    ).toBe('cosign verify \\\n  --key k.pub \\\n  r.example/a');
  });

  it('offers nothing when a terminal would act on a character', () => {
    expect(quoteCommand(['cosign', 'a\u0015reboot'])).toBeUndefined();
    expect(quoteCommand([])).toBeUndefined();
  });
});

describe('the tables', () => {
  it('have a cell for every column', () => {
    for (const table of [
      imageTable([imageRow(), unreadableRow]),
      serviceTable([serviceRow()]),
      vulnerabilityTable([vulnerabilityRow()]),
      vulnerablePlaceTable([vulnerablePlace()]),
      comparisonTable(imageComparison().items),
    ]) {
      for (const row of table.rows) {
        expect(row).toHaveLength(table.header.length);
      }
    }
  });

  it('leave the number of findings empty where nothing was scanned', () => {
    const { header, rows } = imageTable([unreadableRow]);
    expect(rows[0][header.indexOf('fixable')]).toBeUndefined();
    expect(rows[0][header.indexOf('critical')]).toBeUndefined();
    expect(rows[0][header.indexOf('knownExploited')]).toBeUndefined();
  });

  it('leave empty what is not known of exploits', () => {
    const { header, rows } = vulnerabilityTable([
      vulnerabilityRow(),
      vulnerabilityRow({
        exploited: {
          id: 'CVE-2021-44228',
          dateAdded: '2021-12-10',
          dueDate: '2021-12-24',
          ransomware: false,
        },
        epss: { score: 0, percentile: 0.1, date: '2026-11-23' },
      }),
    ]);
    const cellsOf = (name: string) =>
      rows.map(row => row[header.indexOf(name)]);
    expect(cellsOf('exploitedAs')).toEqual([undefined, 'CVE-2021-44228']);
    expect(cellsOf('exploitedDueDate')).toEqual([undefined, '2021-12-24']);
    expect(cellsOf('ransomware')).toEqual([undefined, undefined]);
    expect(cellsOf('epss')).toEqual([undefined, 0]);
    expect(cellsOf('atLeast')).toEqual([false, false]);
  });

  it('leave empty what one of two images is not known to have', () => {
    const { header, rows } = comparisonTable(imageComparison().items);
    const cellsOf = (name: string) =>
      rows.map(row => row[header.indexOf(name)]);
    expect(cellsOf('change')).toEqual(['new', 'mayBeNew', 'changed', 'fixed']);
    expect(cellsOf('severityBefore')).toEqual([
      undefined,
      undefined,
      'low',
      'high',
    ]);
    expect(cellsOf('severityAfter')).toEqual([
      'critical',
      'low',
      'high',
      undefined,
    ]);
    expect(cellsOf('reason')[1]).toBe('scannedByOthers');
  });

  it('write what each scanner says and what would be updated', () => {
    const [source] = vulnerablePlace().sources;
    const { header, rows } = vulnerablePlaceTable([
      vulnerablePlace({
        sources: [source, { ...source, scanner: 'Clair', severity: 'low' }],
        packages: [
          { name: 'a', installedVersion: '1', fixedVersion: '2' },
          { name: 'b', installedVersion: '1' },
        ],
      }),
    ]);
    expect(rows[0][header.indexOf('scanners')]).toBe(
      'Trivy: critical; Clair: low',
    );
    expect(rows[0][header.indexOf('packages')]).toBe('a 1 -> 2; b 1');
  });
});
