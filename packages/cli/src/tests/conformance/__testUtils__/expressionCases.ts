import { CaseScan, ConformanceGroup } from './conformanceCase';

const WEB = 'shop/web:1.4.0';
const ALL = ['acme-ci', 'acme-release-key'];
const fresh = (...found: CaseScan['found']): CaseScan => ({
  ageHours: 2,
  found,
});
const CRITICAL = {
  id: 'CVE-2026-1000',
  severity: 'CRITICAL' as const,
  fixed: '2.0.0',
  publishedDaysAgo: 30,
};

function expression(text: string) {
  return {
    id: 'own-rule',
    title: 'A rule of our own',
    message: 'It does not hold.',
    expression: text,
  };
}

/** Rules written in CEL (L19). */
export const EXPRESSION_CASES: ConformanceGroup[] = [
  {
    under: 'no image is called latest',
    rule: expression('image.tag != "latest"'),
    // prettier-ignore
    cases: [
      { when: 'it is not', image: WEB, expected: ['pass'] },
      { when: 'it is', image: 'edge/notifications:latest', named: 'tag', expected: ['fail', 'expressionFalse'] },
      { when: 'it is and a waiver covers it', image: 'edge/notifications:latest', named: 'tag', waiver: { rule: 'own-rule', reasons: ['expressionFalse'], scope: 'repository', endsInHours: 1 }, expected: ['waived', 'expressionFalse'] },
    ],
  },
  {
    under: 'the rule is not in force yet',
    rule: { ...expression('image.tag != "latest"'), effectiveOn: '2099-01-01' },
    // prettier-ignore
    cases: [
      { when: 'it is', image: 'edge/notifications:latest', named: 'tag', expected: ['warn', 'expressionFalse'] },
    ],
  },
  {
    under: 'somebody trusted signed it',
    rule: expression('signature.status == "verified"'),
    spec: { trust: ALL },
    // prettier-ignore
    cases: [
      { when: 'somebody did', image: WEB, expected: ['pass'] },
      { when: 'nobody did', image: 'shop/invoices:0.8.0', expected: ['fail', 'expressionFalse'] },
      { when: 'it cannot be told and only the status is read', image: 'shop/recommendations:1.1.0', expected: ['fail', 'expressionFalse'] },
    ],
  },
  {
    under: 'no more than one signer',
    rule: expression('size(signature.signers) <= 1'),
    spec: { trust: ALL },
    // prettier-ignore
    cases: [
      { when: 'one signed it', image: WEB, expected: ['pass'] },
      { when: 'it cannot be told (L19)', image: 'shop/recommendations:1.1.0', expected: ['unknown', 'registryRefused'] },
    ],
  },
  {
    under: 'no fixable critical',
    rule: expression('scan.fixable.critical == 0'),
    // prettier-ignore
    cases: [
      { when: 'there is none', image: WEB, scan: fresh(), expected: ['pass'] },
      { when: 'there is one', image: WEB, scan: fresh(CRITICAL), expected: ['fail', 'expressionFalse'] },
      { when: 'there is no scan (L19)', image: WEB, expected: ['unknown', 'notScanned'] },
      { when: 'the scan is stale (L19)', image: WEB, scan: { ageHours: 200, found: [] }, expected: ['unknown', 'scanStale'] },
      { when: 'the scan is of another digest (L19)', image: WEB, scan: { ...fresh(), of: 'otherDigest' }, expected: ['unknown', 'scanOtherDigest'], atAdmission: ['unknown', 'notScanned'] },
    ],
  },
  {
    under: 'the vulnerabilities are known ones',
    rule: expression('vulnerabilities.all(v, v.id.startsWith("CVE-2025-"))'),
    // prettier-ignore
    cases: [
      { when: 'there is none', image: WEB, scan: fresh(), expected: ['pass'] },
      { when: 'there is another', image: WEB, scan: fresh(CRITICAL), expected: ['fail', 'expressionFalse'] },
    ],
  },
  {
    under: 'the rule gives no boolean',
    rule: expression('image.tag'),
    // prettier-ignore
    cases: [
      { when: 'it is evaluated (L19)', image: WEB, expected: ['unknown', 'ruleError'] },
    ],
  },
  {
    under: 'the rule divides by nothing',
    rule: expression('1 / (size(image.tag) - 5) > 0'),
    // prettier-ignore
    cases: [
      { when: 'it is evaluated (L19)', image: WEB, expected: ['unknown', 'ruleError'] },
      { when: 'the tag is longer', image: 'edge/notifications:latest', expected: ['pass'] },
    ],
  },
  {
    under: 'the build was made from a tag',
    rule: expression(
      'provenance.status == "verified" && provenance.source == "https://github.com/acme/web"',
    ),
    spec: { trust: ['acme-ci', 'acme-builders'] },
    // prettier-ignore
    cases: [
      { when: 'it was', image: WEB, expected: ['pass'] },
      { when: 'another repository was', image: 'delivery/checkout-api:3.0.0', expected: ['fail', 'expressionFalse'] },
    ],
  },
];
