import { vulnerability } from '../testing/exampleFacts';
import { VulnerabilityClock } from '../policy/types';
import { clockOf, clocksOfFindings } from './clockOf';
import { mergeFindings } from './merge';
import { vulnerabilityClockKey } from './vulnerabilityClockKey';

const CVE = 'CVE-2026-1000';
const GHSA = 'GHSA-aaaa-bbbb-cccc';
const MAY = '2026-05-01T00:00:00Z';
const JUNE = '2026-06-01T00:00:00Z';

const clock = (
  id: string,
  rest: Partial<VulnerabilityClock> = {},
  packageName = 'openssl',
): VulnerabilityClock => ({
  key: vulnerabilityClockKey({ id, packageName }),
  firstSeenAt: MAY,
  ...rest,
});

const clockOfFirst = (
  finding: Parameters<typeof vulnerability>[0],
  ...clocks: VulnerabilityClock[]
) => {
  const findings = [vulnerability(finding)];
  const [merged] = mergeFindings([
    { scanner: 'Trivy', scannedAt: JUNE, findings },
  ]);
  const known = clocksOfFindings([findings], clocks);
  return clockOf(merged, new Map(known.map(each => [each.key, each])));
};

describe('clockOf', () => {
  it('is the earliest of what is known under any name', () => {
    expect(
      clockOfFirst(
        { id: CVE, aliases: [GHSA] },
        clock(CVE, { firstSeenAt: JUNE, firstFixableAt: JUNE }),
        clock(GHSA, { firstFixableAt: MAY }),
      ),
    ).toEqual({ firstSeenAt: MAY, firstFixableAt: MAY });
  });

  it('knows an alias that only an earlier scan took for its name', () => {
    expect(clockOfFirst({ id: CVE, aliases: [GHSA] }, clock(GHSA))).toEqual({
      firstSeenAt: MAY,
    });
  });

  it('knows no date of a fix that was there before there was any history, whatever another name says', () => {
    expect(
      clockOfFirst(
        { id: CVE, aliases: [GHSA] },
        clock(CVE, { firstFixableAt: JUNE }),
        clock(GHSA, { fixedBeforeHistory: true }),
      ),
    ).toEqual({ firstSeenAt: MAY });
  });

  it('is none of another vulnerability or package', () => {
    expect(
      clockOfFirst(
        { id: CVE },
        clock(GHSA),
        clock('CVE-2026-2000'),
        clock(CVE, {}, 'zlib'),
      ),
    ).toBeUndefined();
  });
});

describe('clocksOfFindings', () => {
  it('has every clock a merged finding may be kept under, and no other', () => {
    const trivy = [vulnerability({ id: GHSA, packageName: 'org.a:b|c' })];
    const grype = [vulnerability({ id: CVE, aliases: [GHSA] })];
    const names = [CVE, GHSA].flatMap(id => [
      clock(id),
      clock(id, {}, 'org.a:b|c'),
    ]);
    const others = [clock('CVE-2026-2000'), clock(CVE, {}, 'zlib')];
    expect(clocksOfFindings([trivy, grype], [...names, ...others])).toEqual(
      names,
    );
  });
});
