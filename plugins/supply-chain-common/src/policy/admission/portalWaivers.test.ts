import { policy, rule } from '../../testing/exampleFacts';
import {
  provenance,
  provenanceStatement,
} from '../../testing/exampleProvenance';
import { Waiver } from '../../model/waiver';
import { BUILT_IN_RULES } from '../rules/builtInRules';
import { PolicyRule } from '../types';
import { portalMayWaive, portalWaiversAtAdmission } from './portalWaivers';

const SCAN_FRESH = rule('scan-fresh', { maxAgeHours: 48 });
const EXPRESSION: PolicyRule = {
  id: 'own-rule',
  title: 'Own',
  severity: 'low',
  expression: 'scan.ageHours < 5.0',
  message: '',
};

const waiver = (overrides: Partial<Waiver>): Waiver => ({
  name: 'w',
  source: 'portal',
  rule: 'scan-fresh',
  reasons: ['scanStale'],
  includeUnknown: false,
  scope: { entity: 'component:default/web' },
  reason: 'Moves next week',
  requestedBy: 'user:default/ada',
  approvedBy: 'user:default/grace',
  expires: '2026-12-24T12:00:00Z',
  ...overrides,
});

const NOON = '2026-11-20T12:00:00Z';

describe('portalMayWaive', () => {
  it('is true of rules that rest on scans alone', () => {
    expect(Object.keys(BUILT_IN_RULES).filter(portalMayWaive).sort()).toEqual([
      'no-fixable-vulnerability',
      'no-known-exploited',
      'scan-fresh',
    ]);
  });

  it.each([undefined, 'scan-fresher', 'toString'])('is false of %s', use => {
    expect(portalMayWaive(use)).toBe(false);
  });
});

describe('portalWaiversAtAdmission', () => {
  const policies = [
    policy({ name: 'a', rules: [SCAN_FRESH, EXPRESSION] }),
    policy({
      name: 'b',
      rules: [
        rule(
          'image-signed',
          { allowViaIndex: true, allowFirstUse: false },
          { id: 'disguised' },
        ),
        { ...SCAN_FRESH, id: 'disguised-elsewhere' },
      ],
    }),
    policy({ name: 'c', rules: [{ ...SCAN_FRESH, id: 'disguised' }] }),
  ];

  it.each<[string, Partial<Waiver>, boolean]>([
    ['a rule about scans', {}, true],
    ['one of another name', { rule: 'disguised-elsewhere' }, true],
    ['an expression, which may read anything', { rule: 'own-rule' }, false],
    ['a signature under another name', { rule: 'disguised' }, false],
    [
      'that name where it is about scans',
      { rule: 'disguised', policy: 'c' },
      true,
    ],
    [
      'that name where it is about signatures',
      { rule: 'disguised', policy: 'b' },
      false,
    ],
    ['no rule there is', { rule: 'gone' }, true],
  ])('for %s', (_what, overrides, counts) => {
    const given = waiver(overrides);
    expect(
      portalWaiversAtAdmission({ waivers: [given], policies, facts: {} }),
    ).toEqual(counts ? [given] : []);
  });

  it('never undoes a scan that came with the image', () => {
    const scan = { scanner: { name: 'Trivy' }, scannedAt: NOON, findings: [] };
    const attested = provenanceStatement({
      content: { type: 'vulnerabilityScan', scan },
    });
    const facts = { provenance: provenance([attested]) };
    const waivers = [waiver({})];
    expect(portalWaiversAtAdmission({ waivers, policies, facts })).toEqual([]);
  });
});
