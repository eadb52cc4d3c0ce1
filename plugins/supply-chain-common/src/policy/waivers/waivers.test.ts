import { Finding } from '../../model/finding';
import { Waiver } from '../../model/waiver';
import {
  DIGEST,
  facts,
  NOW,
  policy,
  REPOSITORY,
  rule,
  scan,
  vulnerability,
} from '../../testing/exampleFacts';
import { evaluatePolicies } from '../evaluation/evaluatePolicies';
import { NO_WAIVERS_DIGEST } from '../evaluation/evaluatePolicy';
import { PolicyFacts, SupplyChainPolicy } from '../types';
import { isActiveWaiver, waiverStateOf } from './waiverState';

const HOUR_MS = 60 * 60 * 1000;
const atHours = (hours: number) =>
  new Date(NOW.getTime() + hours * HOUR_MS).toISOString();

const PINNING = policy({
  rules: [rule('registry-allowed', { allow: ['other.example/**'] })],
});

function waiver(overrides: Partial<Waiver> = {}): Waiver {
  return {
    name: 'sec-1',
    source: 'git',
    rule: 'registry-allowed',
    reasons: ['repositoryNotAllowed'],
    includeUnknown: false,
    scope: { repository: REPOSITORY },
    reason: 'Moves next week',
    requestedBy: 'user:default/developer',
    approvedBy: 'user:default/platform',
    expires: atHours(24),
    ...overrides,
  };
}

function evaluate(
  waivers: Waiver[],
  options: {
    given?: PolicyFacts;
    under?: SupplyChainPolicy;
    at?: string;
  } = {},
) {
  const { given = facts(), under = PINNING, at } = options;
  const { verdicts } = evaluatePolicies({
    facts: given,
    policies: [under],
    trustRoots: [],
    waivers,
    now: at ? new Date(at) : NOW,
  });
  const [verdict] = verdicts;
  return { verdict, finding: verdict.findings[0] as Finding };
}

describe('a waiver', () => {
  it('turns a fail into "waived", says by whom, and names the instant it ends', () => {
    const { verdict, finding } = evaluate([waiver({ ticket: 'SEC-1' })]);
    expect(finding).toMatchObject({
      outcome: 'waived',
      reason: 'repositoryNotAllowed',
      waiver: {
        name: 'sec-1',
        source: 'git',
        reason: 'Moves next week',
        ticket: 'SEC-1',
        approvedBy: 'user:default/platform',
        expires: atHours(24),
        outcome: 'fail',
      },
    });
    expect(verdict).toMatchObject({
      outcome: 'waived',
      nextChangeAt: atHours(24),
    });
  });

  it('ends at its instant, not a second later (L22)', () => {
    const noon = '2026-12-03T12:00:00.000Z';
    const waivers = [waiver({ expires: noon })];
    const outcomeAt = (at: string) => evaluate(waivers, { at }).finding.outcome;
    expect(outcomeAt('2026-12-03T11:59:59Z')).toBe('waived');
    expect(outcomeAt('2026-12-03T12:00:00Z')).toBe('fail');
  });

  it('counts from its approval, and the verdict knows when that is', () => {
    const approvedAt = atHours(2);
    const { verdict, finding } = evaluate([waiver({ approvedAt })]);
    expect(finding.outcome).toBe('fail');
    expect(verdict.nextChangeAt).toBe(approvedAt);
    expect(
      evaluate([waiver({ approvedAt })], { at: approvedAt }).finding.outcome,
    ).toBe('waived');
  });

  // prettier-ignore
  it.each<[string, Partial<Waiver>]>([
    ['another rule', { rule: 'image-signed' }],
    ['another policy', { policy: 'other' }],
    ['another reason', { reasons: ['noSignature'] }],
    ['another repository', { scope: { repository: 'docker.io/library/nginx' } }],
    ['another digest', { scope: { repository: REPOSITORY, digest: `sha256:${'f'.repeat(64)}` } }],
    ['another entity', { scope: { repository: REPOSITORY, entity: 'component:default/other' } }],
    ['nothing at all', { scope: {} }],
    ['one vulnerability', { scope: { repository: REPOSITORY, vulnerability: 'CVE-2026-1000' } }],
  ])('of %s covers nothing here', (_what, overrides) => {
    expect(evaluate([waiver(overrides)]).finding.outcome).toBe('fail');
  });

  it('of an entity does not apply where the entity is not known', () => {
    const scope = { entity: 'component:default/web' };
    const given = facts({ entity: undefined });
    expect(evaluate([waiver({ scope })], { given }).finding.outcome).toBe(
      'fail',
    );
  });

  it('covers a digest, an entity and a policy that are these', () => {
    const given = facts();
    const scope = {
      repository: REPOSITORY,
      digest: DIGEST,
      ...(given.entity && { entity: given.entity.ref }),
    };
    const waivers = [waiver({ scope, policy: 'default' })];
    expect(evaluate(waivers, { given }).finding.outcome).toBe('waived');
  });

  it('does not cover "can\'t tell", unless it says so', () => {
    const under = policy({ rules: [rule('scan-fresh', { maxAgeHours: 24 })] });
    const given = facts({ scans: [] });
    const scanWaiver = (includeUnknown: boolean) =>
      waiver({
        rule: 'scan-fresh',
        reasons: ['notScanned'],
        includeUnknown,
      });
    expect(
      evaluate([scanWaiver(false)], { given, under }).finding.outcome,
    ).toBe('unknown');
    expect(
      evaluate([scanWaiver(true)], { given, under }).finding,
    ).toMatchObject({ outcome: 'waived', waiver: { outcome: 'unknown' } });
  });

  it('covers a warning that is a fail to come, and no other', () => {
    const coming = policy({
      rules: [
        rule(
          'registry-allowed',
          { allow: ['other.example/**'] },
          { effectiveOn: atHours(48) },
        ),
      ],
    });
    const { finding, verdict } = evaluate([waiver()], { under: coming });
    expect(finding).toMatchObject({
      outcome: 'waived',
      waiver: { outcome: 'warn' },
    });
    expect(verdict.nextChangeAt).toBe(atHours(24));
  });

  it('leaves a pass alone', () => {
    const under = policy({
      rules: [
        rule('registry-allowed', { allow: ['registry.acme.example/**'] }),
      ],
    });
    expect(evaluate([waiver()], { under }).finding).not.toHaveProperty(
      'waiver',
    );
  });

  it('that ends last decides where several cover the same', () => {
    const waivers = [
      waiver({ name: 'short', expires: atHours(1) }),
      waiver({ name: 'long', expires: atHours(9) }),
      waiver({ name: 'ended', expires: atHours(-1) }),
    ];
    expect(evaluate(waivers).finding.waiver).toMatchObject({ name: 'long' });
  });

  it('is part of the digest in whatever order it is given, and only where it concerns the image (L20)', () => {
    const digestOf = (waivers: Waiver[]) =>
      evaluate(waivers).verdict.waiverDigest;
    const one = waiver({ name: 'one' });
    const two = waiver({ name: 'two', source: 'portal' });
    const three = waiver({ name: 'three', source: 'portal' });
    expect(digestOf([three, two, one])).toBe(digestOf([one, two, three]));
    expect(digestOf([one])).not.toBe(digestOf([two]));
    expect(digestOf([waiver({ rule: 'other' })])).toBe(NO_WAIVERS_DIGEST);
  });
});

describe('a waiver of one vulnerability', () => {
  const under = policy({
    rules: [
      rule('scan-fresh', { maxAgeHours: 24 }),
      rule('no-fixable-vulnerability', {
        severity: 'critical',
        leewayDays: 10,
        since: 'firstFixable',
      }),
    ],
  });
  const published = (days: number) => atHours(-24 * days);
  const cve = (id: string, publishedAt = published(30)) =>
    vulnerability({ id, publishedAt });
  const waived = (id: string, overrides: Partial<Waiver> = {}) =>
    waiver({
      rule: 'no-fixable-vulnerability',
      reasons: ['fixableVulnerability'],
      scope: { repository: REPOSITORY, vulnerability: id },
      ...overrides,
    });
  const findings = (...found: ReturnType<typeof vulnerability>[]) =>
    facts({ scans: [scan({ findings: found })] });
  const judge = (given: PolicyFacts, waivers: Waiver[], at?: string) =>
    evaluate(waivers, { given, under, at }).verdict.findings[1];

  it('takes it out, and leaves the others', () => {
    const given = findings(cve('CVE-1000-1'), cve('CVE-1000-2'));
    expect(judge(given, [waived('CVE-1000-1')])).toMatchObject({
      outcome: 'fail',
      facts: { overdue: 1, waived: 1, vulnerabilities: 'CVE-1000-2' },
    });
  });

  it('waives the rule where nothing else is left, until the first of them ends', () => {
    const given = findings(cve('CVE-1000-1'), cve('CVE-1000-2'));
    const waivers = [
      waived('CVE-1000-1', { name: 'one', expires: atHours(5) }),
      waived('CVE-1000-2', { name: 'two', expires: atHours(4) }),
    ];
    expect(judge(given, waivers)).toMatchObject({
      outcome: 'waived',
      reason: 'fixableVulnerability',
      waiver: { name: 'two', outcome: 'fail' },
      message: expect.stringContaining('CVE-1000-1, CVE-1000-2'),
    });
    expect(evaluate(waivers, { given, under }).verdict.nextChangeAt).toBe(
      atHours(4),
    );
    expect(judge(given, waivers, atHours(4)).outcome).toBe('fail');
  });

  it('covers the time before the limit as well, but one for that time ends with it', () => {
    const given = findings(cve('CVE-1000-1', published(5)));
    expect(judge(given, [waived('CVE-1000-1')])).toMatchObject({
      outcome: 'waived',
      reason: 'fixableVulnerabilityInLeeway',
      waiver: { outcome: 'warn' },
    });
    const early = waived('CVE-1000-1', {
      reasons: ['fixableVulnerabilityInLeeway'],
      expires: atHours(24 * 30),
    });
    const overdue = findings(cve('CVE-1000-1'));
    expect(judge(given, [early]).outcome).toBe('waived');
    expect(judge(overdue, [early]).outcome).toBe('fail');
  });

  it('begins with its approval', () => {
    const given = findings(cve('CVE-1000-1'));
    const approvedAt = atHours(1);
    const waivers = [waived('CVE-1000-1', { approvedAt })];
    expect(judge(given, waivers).outcome).toBe('fail');
    expect(evaluate(waivers, { given, under }).verdict.nextChangeAt).toBe(
      approvedAt,
    );
    expect(judge(given, waivers, approvedAt).outcome).toBe('waived');
  });

  it('makes no stale scan a fresh one (L8)', () => {
    const given = facts({
      scans: [
        scan({ findings: [cve('CVE-1000-1')], scannedAt: atHours(-24 * 9) }),
      ],
    });
    expect(judge(given, [waived('CVE-1000-1')])).toMatchObject({
      outcome: 'unknown',
      reason: 'scanStale',
    });
  });
});

describe('the state of a waiver', () => {
  it.each([
    [{ approvedAt: atHours(1), expires: atHours(24 * 90) }, 'approved', false],
    [{ expires: atHours(24 * 90) }, 'active', true],
    [{ expires: atHours(24 * 30) }, 'ending', true],
    [{ expires: NOW.toISOString() }, 'ended', false],
  ])('%j is %s', (period, state, active) => {
    expect(waiverStateOf(period, NOW)).toBe(state);
    expect(isActiveWaiver(period, NOW)).toBe(active);
  });
});
