import fc from 'fast-check';
import { AliasGroups } from './AliasGroups';

const groupsOf = (...findings: [string, ...string[]][]) =>
  AliasGroups.of(findings.map(([id, ...aliases]) => ({ id, aliases })));

describe('AliasGroups', () => {
  it('lets an id without any other name stand for itself', () => {
    expect(groupsOf().primaryOf('CVE-2026-1000')).toBe('CVE-2026-1000');
  });

  it('names a group by its CVE, whoever says so and over how many steps', () => {
    const groups = groupsOf(
      ['PYSEC-2026-1', 'GHSA-aaaa'],
      ['GHSA-aaaa', 'CVE-2026-1000'],
    );
    for (const id of ['PYSEC-2026-1', 'GHSA-aaaa', 'CVE-2026-1000']) {
      expect(groups.primaryOf(id)).toBe('CVE-2026-1000');
    }
  });

  it('names a group without a CVE by the first of its ids', () => {
    const groups = groupsOf(['PYSEC-2026-1', 'GHSA-aaaa']);
    expect(groups.primaryOf('PYSEC-2026-1')).toBe('GHSA-aaaa');
  });

  it('takes an id that is said to be several CVEs for an advisory about them', () => {
    const groups = groupsOf(
      ['RHSA-2026:1', 'CVE-2026-1000', 'CVE-2026-2000'],
      ['GHSA-bbbb', 'CVE-2026-1000'],
      ['CVE-2026-3000', 'GHSA-bbbb'],
    );
    expect(groups.primaryOf('RHSA-2026:1')).toBe('RHSA-2026:1');
    expect(groups.primaryOf('GHSA-bbbb')).toBe('GHSA-bbbb');
    expect(groups.primaryOf('CVE-2026-2000')).toBe('CVE-2026-2000');
  });

  it('joins no CVEs, not even when a scanner says they are one', () => {
    const groups = groupsOf(
      ['CVE-2026-1000', 'CVE-2026-2000'],
      ['PYSEC-2026-1', 'CVE-2026-1000'],
      ['GHSA-aaaa', 'CVE-2026-2000'],
      ['PYSEC-2026-1', 'GHSA-aaaa'],
    );
    expect(groups.primaryOf('CVE-2026-1000')).toBe('CVE-2026-1000');
    expect(groups.primaryOf('CVE-2026-2000')).toBe('CVE-2026-2000');
  });

  const id = fc.constantFrom(
    ...['CVE-2026-1000', 'CVE-2026-2000', 'CVE-2026-3000'],
    ...['GHSA-a', 'GHSA-b', 'PYSEC-1', 'RHSA-1', '', '__proto__'],
  );
  const findings = fc.array(
    fc.record({ id, aliases: fc.array(id, { maxLength: 3 }) }),
    { maxLength: 12 },
  );

  it('never joins CVEs, and does not depend on the order', () => {
    fc.assert(
      fc.property(findings, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const groups = AliasGroups.of(given);
        const shuffled = given
          .map(each => ({ each, at: numbers.next().value as number }))
          .sort((left, right) => left.at - right.at)
          .map(({ each }) => each);
        const others = AliasGroups.of(shuffled);
        for (const { id: name, aliases } of given) {
          for (const each of [name, ...aliases]) {
            const primary = groups.primaryOf(each);
            expect(others.primaryOf(each)).toBe(primary);
            expect(each.startsWith('CVE-') ? primary : each).toBe(each);
          }
        }
      }),
    );
  });
});
