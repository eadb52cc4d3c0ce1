import { VulnerabilityFinding } from '../../model/vulnerability';
import {
  FindingGrouping,
  GroupableFinding,
  groupFindings,
} from './groupFindings';

const finding = (changes: Partial<GroupableFinding>): GroupableFinding => ({
  id: 'CVE-2026-1',
  packageName: 'openssl',
  installedVersion: '1',
  fixedVersion: '2',
  severity: 'critical',
  ...changes,
});

const LODASH: Partial<GroupableFinding> = {
  packageName: 'lodash',
  purl: 'pkg:npm/lodash@4.17.4',
  installedVersion: '4.17.4',
};
const CRITICAL = finding({
  ...LODASH,
  id: 'CVE-2019-10744',
  fixedVersion: '4.17.12',
});
const HIGH = finding({
  ...LODASH,
  id: 'CVE-2021-23337',
  severity: 'high',
  fixedVersion: '4.17.21',
});

const shown = (
  findings: GroupableFinding[],
  isShown?: (each: VulnerabilityFinding) => boolean,
  by: FindingGrouping = 'fix',
) =>
  groupFindings({ findings, by, isShown }).map(group => [
    group.fixedVersion,
    group.findings.map(({ id }) => id),
    group.command?.arguments.join(' '),
  ]);

describe('findings by fix', () => {
  it('are one group for one package, with the version that fixes them all', () => {
    expect(shown([CRITICAL, HIGH])).toEqual([
      ['4.17.21', [CRITICAL.id, HIGH.id], 'npm install lodash@4.17.21'],
    ]);
  });

  it('name the version that fixes the package when only some findings are shown', () => {
    expect(
      shown([CRITICAL, HIGH], ({ severity }) => severity === 'critical'),
    ).toEqual([['4.17.21', [CRITICAL.id], 'npm install lodash@4.17.21']]);
  });

  it('stand apart and without a command where no order is known', () => {
    const candidate = finding({ ...HIGH, fixedVersion: '4.17.21-rc.1' });
    expect(shown([CRITICAL, candidate])).toEqual([
      ['4.17.12', [CRITICAL.id], undefined],
      ['4.17.21-rc.1', [candidate.id], undefined],
    ]);
  });

  it('are one group in several places that the same version fixes', () => {
    const elsewhere = finding({
      ...HIGH,
      purl: 'pkg:npm/lodash@4.17.15',
      installedVersion: '4.17.15',
      path: 'app/node_modules/lodash/package.json',
    });
    expect(shown([CRITICAL, HIGH, elsewhere])).toEqual([
      [
        '4.17.21',
        [CRITICAL.id, HIGH.id, HIGH.id],
        'npm install lodash@4.17.21',
      ],
    ]);
  });

  it('offer no commands of which the second would undo the first', () => {
    const old = finding({
      ...LODASH,
      purl: 'pkg:npm/lodash@3.10.1',
      installedVersion: '3.10.1',
      path: 'app/node_modules/lodash/package.json',
      fixedVersion: '3.10.2',
    });
    expect(shown([HIGH, old])).toEqual([
      ['3.10.2', [old.id], undefined],
      ['4.17.21', [HIGH.id], undefined],
    ]);
  });

  it('are one group whichever scanner knows the package URL', () => {
    const bare = finding({ ...HIGH, purl: undefined });
    expect(shown([CRITICAL, bare])).toEqual([
      ['4.17.21', [CRITICAL.id, bare.id], 'npm install lodash@4.17.21'],
    ]);
  });

  it('update no further than what counts asks for', () => {
    const setAside = finding({
      ...HIGH,
      fixedVersion: '5.0.0',
      notAffected: true,
    });
    const along = finding({ ...HIGH, id: 'CVE-3', notAffected: true });
    const counted = finding({ ...CRITICAL, fixedVersion: '4.17.21' });
    expect(shown([counted, along, setAside])).toEqual([
      ['4.17.21', [counted.id, along.id], 'npm install lodash@4.17.21'],
      ['5.0.0', [setAside.id], undefined],
    ]);
  });

  it('without a fix are told apart by what is known of one', () => {
    const none = { ...LODASH, fixedVersion: undefined };
    const groups = groupFindings({
      by: 'fix',
      findings: [
        finding({ ...none, id: 'CVE-1', fixState: 'notFixed' }),
        finding({ ...none, id: 'CVE-2', fixState: 'wontFix' }),
        finding({ ...none, id: 'CVE-3', fixState: 'fixed' }),
        finding({ ...none, id: 'CVE-4' }),
      ],
    });
    expect(groups.map(({ findings }) => findings.map(({ id }) => id))).toEqual([
      ['CVE-3', 'CVE-4'],
      ['CVE-1'],
      ['CVE-2'],
    ]);
  });

  it('put what is exploited before what is severe, the first due before the others', () => {
    const due = (packageName: string, dueDate: string) =>
      finding({ packageName, severity: 'low', exploited: { dueDate } });
    const groups = groupFindings({
      by: 'fix',
      findings: [
        finding({}),
        due('curl', '2026-11-02'),
        due('zlib', '2026-11-01'),
      ],
    });
    expect(groups.map(each => each.findings[0].packageName)).toEqual([
      'zlib',
      'curl',
      'openssl',
    ]);
  });

  it('count what VEX leaves, and come last where that is nothing', () => {
    const zlib = { packageName: 'zlib' };
    const groups = groupFindings({
      by: 'fix',
      findings: [
        finding({ notAffected: true }),
        finding({ ...zlib, id: 'CVE-2026-2', severity: 'low' }),
        finding({
          ...zlib,
          id: 'CVE-2026-3',
          notAffected: true,
          exploited: { dueDate: '2026-11-02' },
        }),
      ],
    });
    expect(
      groups.map(({ counts, findings }) => [
        findings[0].packageName,
        counts.critical,
        counts.low,
        findings.length,
      ]),
    ).toEqual([
      ['zlib', 0, 1, 2],
      ['openssl', 0, 0, 1],
    ]);
  });
});

describe('findings by package', () => {
  it('are one group for each package as installed, fixed or not', () => {
    const unfixed = finding({
      ...LODASH,
      id: 'CVE-9',
      fixedVersion: undefined,
    });
    const elsewhere = finding({ ...HIGH, path: 'opt/lodash/package.json' });
    expect(
      shown([CRITICAL, HIGH, unfixed, elsewhere], undefined, 'package'),
    ).toEqual([
      [undefined, [CRITICAL.id, HIGH.id, 'CVE-9'], undefined],
      [undefined, [elsewhere.id], undefined],
    ]);
  });

  it('are as many as there are findings, however they are put together', () => {
    const findings = [CRITICAL, HIGH, finding({}), finding({ path: 'a/b' })];
    for (const by of ['fix', 'package'] as const) {
      const groups = groupFindings({ findings, by });
      expect(groups.flatMap(group => group.findings)).toHaveLength(4);
    }
  });
});
