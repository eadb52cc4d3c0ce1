import { CaseScan, ConformanceGroup } from './conformanceCase';

const WEB = 'shop/web:1.4.0';
const fixable = (publishedDaysAgo?: number, id = 'CVE-2026-1000') => ({
  id,
  severity: 'CRITICAL' as const,
  fixed: '2.0.0',
  publishedDaysAgo,
});
const fresh = (...found: CaseScan['found']): CaseScan => ({
  ageHours: 2,
  found,
});
const stale = (...found: CaseScan['found']): CaseScan => ({
  ageHours: 200,
  found,
});
const ofOther = (...found: CaseScan['found']): CaseScan => ({
  ageHours: 2,
  found,
  of: 'otherDigest',
});
const FIX_UNKNOWN = {
  id: 'CVE-2026-3000',
  severity: 'CRITICAL' as const,
  status: 'unknown' as const,
};
const NO_FIX = { id: 'CVE-2026-1000', severity: 'CRITICAL' as const };
const HIGH = { ...fixable(30), severity: 'HIGH' as const };
const RULE = 'no-fixable-vulnerability';

/** Rules about scans (L2, L8, L21). */
export const SCAN_CASES: ConformanceGroup[] = [
  {
    under: 'a scan may be two days old',
    rule: { use: 'scan-fresh', with: { maxAgeHours: 48 } },
    // prettier-ignore
    cases: [
      { when: 'it is two hours old', image: WEB, scan: fresh(), expected: ['pass'] },
      { when: 'it finds something', image: WEB, scan: fresh(fixable(30)), expected: ['pass'] },
      { when: 'it is too old', image: WEB, scan: stale(), expected: ['fail', 'scanStale'] },
      { when: 'there is none (L21)', image: WEB, expected: ['unknown', 'notScanned'] },
      { when: 'it is of another digest', image: WEB, scan: ofOther(), expected: ['unknown', 'scanOtherDigest'], atAdmission: ['unknown', 'notScanned'] },
      { when: 'it is too old and a waiver covers it', image: WEB, scan: stale(), waiver: { rule: 'scan-fresh', reasons: ['scanStale'], scope: 'repository', endsInHours: 1 }, expected: ['waived', 'scanStale'] },
      { when: 'there is none and the waiver leaves "unknown" out', image: WEB, waiver: { rule: 'scan-fresh', reasons: ['notScanned'], scope: 'repository', endsInHours: 1 }, expected: ['unknown', 'notScanned'] },
      { when: 'there is none and the waiver covers that', image: WEB, waiver: { rule: 'scan-fresh', reasons: ['notScanned'], includeUnknown: true, scope: 'repository', endsInHours: 1 }, expected: ['waived', 'notScanned'] },
    ],
  },
  {
    under: 'scans are not asked for yet',
    rule: {
      use: 'scan-fresh',
      with: { maxAgeHours: 48 },
      effectiveOn: '2099-01-01',
    },
    // prettier-ignore
    cases: [
      { when: 'it is too old', image: WEB, scan: stale(), expected: ['warn', 'scanStale'] },
    ],
  },
  {
    under: 'no fixable critical past ten days',
    rule: { use: RULE, with: { severity: 'critical', leewayDays: 10 } },
    // prettier-ignore
    cases: [
      { when: 'nothing is found', image: WEB, scan: fresh(), expected: ['pass'] },
      { when: 'there is no fix', image: WEB, scan: fresh(NO_FIX), expected: ['pass'] },
      { when: 'nobody says whether there is a fix', image: WEB, scan: fresh(FIX_UNKNOWN), expected: ['unknown', 'fixUnknown'] },
      { when: 'nobody says so of one, and the time of another is over (L8)', image: WEB, scan: fresh(FIX_UNKNOWN, fixable(30)), expected: ['fail', 'fixableVulnerability'] },
      { when: 'nobody says so of a less severe one', image: WEB, scan: fresh({ ...FIX_UNKNOWN, severity: 'HIGH' }), expected: ['pass'] },
      { when: 'it is less severe', image: WEB, scan: fresh(HIGH), expected: ['pass'] },
      { when: 'the time is over', image: WEB, scan: fresh(fixable(30)), expected: ['fail', 'fixableVulnerability'] },
      { when: 'the time runs', image: WEB, scan: fresh(fixable(3)), expected: ['warn', 'fixableVulnerabilityInLeeway'] },
      { when: 'nothing says since when (L21)', image: WEB, scan: fresh(fixable()), expected: ['fail', 'fixableVulnerability'] },
      { when: 'the time is over in a stale scan (L8)', image: WEB, scan: stale(fixable(30)), expected: ['fail', 'fixableVulnerability'] },
      { when: 'the time runs in a stale scan (L8)', image: WEB, scan: stale(fixable(3)), expected: ['unknown', 'scanStale'] },
      { when: 'nothing is found in a stale scan (L8)', image: WEB, scan: stale(), expected: ['unknown', 'scanStale'] },
      { when: 'there is no scan', image: WEB, expected: ['unknown', 'notScanned'] },
      { when: 'the scan is of another digest', image: WEB, scan: ofOther(fixable(30)), expected: ['unknown', 'scanOtherDigest'], atAdmission: ['unknown', 'notScanned'] },
      { when: 'a waiver covers the rule', image: WEB, scan: fresh(fixable(30)), waiver: { rule: RULE, reasons: ['fixableVulnerability'], scope: 'repository', endsInHours: 1 }, expected: ['waived', 'fixableVulnerability'] },
      { when: 'a waiver covers the one that is found', image: WEB, scan: fresh(fixable(30)), waiver: { rule: RULE, reasons: ['fixableVulnerability'], scope: 'repository', vulnerability: 'CVE-2026-1000', endsInHours: 1 }, expected: ['waived', 'fixableVulnerability'] },
      { when: 'a waiver covers one of two', image: WEB, scan: fresh(fixable(30), fixable(30, 'CVE-2026-2000')), waiver: { rule: RULE, reasons: ['fixableVulnerability'], scope: 'repository', vulnerability: 'CVE-2026-1000', endsInHours: 1 }, expected: ['fail', 'fixableVulnerability'] },
      { when: 'the waiver of the one that is found has ended', image: WEB, scan: fresh(fixable(30)), waiver: { rule: RULE, reasons: ['fixableVulnerability'], scope: 'repository', vulnerability: 'CVE-2026-1000', endsInHours: -1 }, expected: ['fail', 'fixableVulnerability'] },
    ],
  },
  {
    under: 'no fixable high at all',
    rule: { use: RULE, with: { severity: 'high' } },
    // prettier-ignore
    cases: [
      { when: 'a high one is found', image: WEB, scan: fresh(HIGH), expected: ['fail', 'fixableVulnerability'] },
      { when: 'a critical one of today is found', image: WEB, scan: fresh(fixable(0)), expected: ['fail', 'fixableVulnerability'] },
      { when: 'a medium one is found', image: WEB, scan: fresh({ ...fixable(30), severity: 'MEDIUM' }), expected: ['pass'] },
    ],
  },
];
