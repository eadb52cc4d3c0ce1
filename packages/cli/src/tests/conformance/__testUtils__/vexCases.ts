import {
  CaseCatalogue,
  CaseScan,
  CaseVex,
  ConformanceGroup,
} from './conformanceCase';

const IMAGE = 'vex/web:1.0.0';
const CVE = 'CVE-2026-1000';
const OTHER_CVE = 'CVE-2026-2000';
const RULE = 'no-fixable-vulnerability';
const SIGNED = { trust: ['acme-release-key'] };

const critical = (id = CVE): CaseScan['found'][number] => ({
  id,
  severity: 'CRITICAL',
  fixed: '2.0.0',
  publishedDaysAgo: 30,
});
const SCAN: CaseScan = { ageHours: 2, found: [critical()] };
const TWO: CaseScan = { ageHours: 2, found: [critical(), critical(OTHER_CVE)] };
const STALE: CaseScan = { ageHours: 200, found: [critical()] };

const signed = (
  status: CaseVex['status'],
  rest: Partial<CaseVex> = {},
): CaseVex => ({ from: 'releaseKey', status, vulnerability: CVE, ...rest });
const NOT_AFFECTED = signed('not_affected', { hoursAgo: 10 });
const AFFECTED = signed('affected', { hoursAgo: 10 });
const INVESTIGATED = signed('under_investigation', { hoursAgo: 10 });
const NEWER = { hoursAgo: 5 };
const HANDED_IN: CaseVex = { ...NOT_AFFECTED, from: 'handedIn' };

const DUE: CaseCatalogue = {
  ageDays: 1,
  listed: [{ id: CVE, dueInDays: -10 }],
};

/** VEX under rules about vulnerabilities (L8, L9, docs/adr/0015). */
export const VEX_CASES: ConformanceGroup[] = [
  {
    under: 'VEX counts where a root of the policy signed it',
    rule: { use: RULE, with: { severity: 'critical' } },
    spec: SIGNED,
    // prettier-ignore
    cases: [
      { when: 'nothing is stated', image: IMAGE, scan: SCAN, vex: [], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says "not affected"', image: IMAGE, scan: SCAN, vex: [NOT_AFFECTED], expected: ['pass'] },
      { when: 'the root says "fixed"', image: IMAGE, scan: SCAN, vex: [signed('fixed')], expected: ['pass'] },
      { when: 'the root says "affected"', image: IMAGE, scan: SCAN, vex: [AFFECTED], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says "under investigation"', image: IMAGE, scan: SCAN, vex: [INVESTIGATED], expected: ['fail', 'fixableVulnerability'] },
      { when: 'a stranger says "not affected"', image: IMAGE, scan: SCAN, vex: [{ ...NOT_AFFECTED, from: 'strangerKey' }], expected: ['fail', 'fixableVulnerability'] },
      { when: 'somebody pushed "not affected" unsigned', image: IMAGE, scan: SCAN, vex: [{ ...NOT_AFFECTED, from: 'nobody' }], expected: ['fail', 'fixableVulnerability'] },
      { when: 'somebody handed "not affected" in', image: IMAGE, scan: SCAN, vex: [HANDED_IN], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says it of another vulnerability', image: IMAGE, scan: SCAN, vex: [signed('not_affected', { vulnerability: OTHER_CVE })], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says it of one of two', image: IMAGE, scan: TWO, vex: [NOT_AFFECTED], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says it of both', image: IMAGE, scan: TWO, vex: [NOT_AFFECTED, signed('not_affected', { vulnerability: OTHER_CVE })], expected: ['pass'] },
      { when: 'the product has another digest', image: IMAGE, scan: SCAN, vex: [signed('not_affected', { of: 'otherDigest' })], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says it without a reason', image: IMAGE, scan: SCAN, vex: [signed('not_affected', { isJustified: false })], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root dated it tomorrow', image: IMAGE, scan: SCAN, vex: [signed('not_affected', { hoursAgo: -24 })], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says "affected", and "not affected" later', image: IMAGE, scan: SCAN, vex: [AFFECTED, signed('not_affected', NEWER)], expected: ['pass'] },
      { when: 'the root says "not affected", and "affected" later', image: IMAGE, scan: SCAN, vex: [NOT_AFFECTED, signed('affected', NEWER)], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says "not affected", and "under investigation" later', image: IMAGE, scan: SCAN, vex: [NOT_AFFECTED, signed('under_investigation', NEWER)], expected: ['fail', 'fixableVulnerability'] },
      { when: 'the root says both at one instant', image: IMAGE, scan: SCAN, vex: [NOT_AFFECTED, AFFECTED], expected: ['fail', 'fixableVulnerability'] },
      // L9: it is heard wherever it is handed in; the webhook is told of no upload of VEX.
      { when: 'the root says "not affected", and an upload "affected" later', image: IMAGE, scan: SCAN, vex: [NOT_AFFECTED, { ...AFFECTED, ...NEWER, from: 'handedIn' }], expected: ['fail', 'fixableVulnerability'], atAdmission: ['pass'] },
      { when: 'the scan is stale, and the root says "not affected" (L8)', image: IMAGE, scan: STALE, vex: [NOT_AFFECTED], expected: ['unknown', 'scanStale'] },
      { when: 'there is no scan, and the root says "not affected"', image: IMAGE, vex: [NOT_AFFECTED], expected: ['unknown', 'notScanned'] },
    ],
  },
  {
    under: 'another root is trusted than the one that signed VEX',
    rule: { use: RULE, with: { severity: 'critical' } },
    spec: { trust: ['vendor-release-key'] },
    // prettier-ignore
    cases: [
      { when: 'it says "not affected"', image: IMAGE, scan: SCAN, vex: [NOT_AFFECTED], expected: ['fail', 'fixableVulnerability'] },
    ],
  },
  {
    under: 'VEX counts whoever hands it in',
    rule: { use: RULE, with: { severity: 'critical', vexMinTrust: 'file' } },
    spec: SIGNED,
    // prettier-ignore
    cases: [
      { when: 'somebody handed "not affected" in', image: IMAGE, scan: SCAN, vex: [HANDED_IN], expected: ['pass'], atAdmission: ['fail', 'fixableVulnerability'] },
      { when: 'the root says "affected", and an upload "not affected" later', image: IMAGE, scan: SCAN, vex: [AFFECTED, { ...HANDED_IN, ...NEWER }], expected: ['fail', 'fixableVulnerability'] },
      { when: 'a stranger attested "not affected"', image: IMAGE, scan: SCAN, vex: [{ ...NOT_AFFECTED, from: 'strangerKey' }], expected: ['fail', 'fixableVulnerability'] },
      { when: 'somebody pushed "not affected" unsigned', image: IMAGE, scan: SCAN, vex: [{ ...NOT_AFFECTED, from: 'nobody' }], expected: ['fail', 'fixableVulnerability'] },
    ],
  },
  {
    under: 'what is listed, but for signed VEX',
    rule: { use: 'no-known-exploited', with: { from: 'listing' } },
    spec: SIGNED,
    // prettier-ignore
    cases: [
      { when: 'the root says "not affected"', image: IMAGE, scan: SCAN, catalogue: DUE, vex: [NOT_AFFECTED], expected: ['pass'] },
      { when: 'the root says "affected"', image: IMAGE, scan: SCAN, catalogue: DUE, vex: [AFFECTED], expected: ['fail', 'knownExploited'] },
      { when: 'the root says "under investigation"', image: IMAGE, scan: SCAN, catalogue: DUE, vex: [INVESTIGATED], expected: ['fail', 'knownExploited'] },
      { when: 'a stranger says "not affected"', image: IMAGE, scan: SCAN, catalogue: DUE, vex: [{ ...NOT_AFFECTED, from: 'strangerKey' }], expected: ['fail', 'knownExploited'] },
      { when: 'somebody pushed "not affected" unsigned', image: IMAGE, scan: SCAN, catalogue: DUE, vex: [{ ...NOT_AFFECTED, from: 'nobody' }], expected: ['fail', 'knownExploited'] },
      { when: 'somebody handed "not affected" in', image: IMAGE, scan: SCAN, catalogue: DUE, vex: [HANDED_IN], expected: ['fail', 'knownExploited'] },
    ],
  },
];
