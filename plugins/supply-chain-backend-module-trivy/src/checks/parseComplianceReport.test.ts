import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { expectedOf } from '../__testUtils__/expectedOf';
import { parseComplianceReport } from './parseComplianceReport';

const SEEN_AT = '2026-11-29T10:00:00.000Z';

function parse(object: KubernetesObject) {
  return parseComplianceReport(object, {
    cluster: 'prod-eu',
    resource: 'clustercompliancereports',
    expected: expectedOf('clustercompliancereports'),
    seenAt: SEEN_AT,
  });
}

function evidenceOf(object: KubernetesObject) {
  const parsed = parse(object);
  if (parsed.kind !== 'report') {
    throw new Error(`expected a report, got: ${parsed.message}`);
  }
  expect(parsed.report.objects).toEqual([]);
  const { cluster } = parsed.report;
  if (cluster?.kind !== 'compliance') {
    throw new Error('expected compliance');
  }
  return cluster;
}

const controlsOf = (object: KubernetesObject) =>
  evidenceOf(object).detail!.controls;

const control = (id: string, checks: string[] = ['AVD-KSV-0012']) => ({
  id,
  name: `Control ${id}`,
  severity: 'HIGH',
  ...(checks.length && { checks: checks.map(check => ({ id: check })) }),
});

function compliance(
  controls: unknown,
  status?: unknown,
  changes: Record<string, unknown> = {},
): KubernetesObject {
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'ClusterComplianceReport',
    metadata: {
      name: 'k8s-nsa-1.0',
      uid: 'report',
      resourceVersion: '7',
      creationTimestamp: '2026-11-20T10:00:00Z',
    },
    spec: {
      compliance: {
        id: 'nsa',
        title: 'NSA Hardening',
        version: '1.0',
        controls,
      },
    },
    ...(status !== undefined && { status }),
    ...changes,
  };
}

const summary = (controlCheck: unknown) => ({
  updateTimestamp: '2026-11-28T10:00:00Z',
  summaryReport: { id: 'nsa', title: 'NSA', controlCheck },
});
const details = (results: unknown) => ({
  updateTimestamp: '2026-11-28T10:00:00Z',
  detailReport: { id: 'nsa', title: 'NSA', results },
});
const check = (success: unknown, checkID: unknown = 'AVD-KSV-0012') => ({
  checkID,
  success,
  severity: 'LOW',
  target: 'vault/ledger',
});

it('tells of the framework, and when it was evaluated', () => {
  expect(
    evidenceOf(
      compliance([control('1.0')], summary([{ id: '1.0', totalFail: 2 }])),
    ),
  ).toEqual({
    subject: { type: 'cluster', cluster: 'prod-eu' },
    collector: 'trivy-checks',
    kind: 'compliance',
    status: 'present',
    observedAt: '2026-11-28T10:00:00.000Z',
    detail: {
      framework: { id: 'nsa', title: 'NSA Hardening', version: '1.0' },
      evaluatedAt: '2026-11-28T10:00:00.000Z',
      controls: [
        {
          id: '1.0',
          name: 'Control 1.0',
          severity: 'high',
          status: 'fail',
          failed: 2,
        },
      ],
    },
  });
});

describe('in a summary, a control', () => {
  const cases: Array<[string, object, unknown, object]> = [
    [
      'fails where checks of objects fail',
      control('1'),
      3,
      { status: 'fail', failed: 3 },
    ],
    ['is met where none fails', control('1'), 0, { status: 'pass', failed: 0 }],
    [
      'without a number was not evaluated',
      control('1'),
      undefined,
      { status: 'notEvaluated' },
    ],
    [
      'with a number that is none was not evaluated',
      control('1'),
      '0',
      { status: 'notEvaluated' },
    ],
    [
      'with a negative number was not evaluated',
      control('1'),
      -1,
      { status: 'notEvaluated' },
    ],
    [
      'with half a number was not evaluated',
      control('1'),
      0.5,
      { status: 'notEvaluated' },
    ],
    [
      'without checks was not evaluated, whatever its default',
      control('1', []),
      0,
      { status: 'notEvaluated' },
    ],
    [
      'without checks does not fail by default either',
      control('1', []),
      1,
      { status: 'notEvaluated' },
    ],
  ];
  it.each(cases)('%s', (_, specified, totalFail, expected) => {
    const [found] = controlsOf(
      compliance([specified], summary([{ id: '1', totalFail }])),
    );
    expect(found).toEqual({
      id: '1',
      name: 'Control 1',
      severity: 'high',
      ...expected,
    });
  });
});

describe('in a detailed report, a control', () => {
  const cases: Array<[string, unknown, object]> = [
    [
      'fails as often as its checks',
      [check(false), check(true), check(false)],
      { status: 'fail', failed: 2 },
    ],
    [
      'is met where all checks are',
      [check(true), check(true)],
      { status: 'pass', failed: 0 },
    ],
    ['without results was not evaluated', [], { status: 'notEvaluated' }],
    [
      'with results that are no list was not evaluated',
      'none',
      { status: 'notEvaluated' },
    ],
    [
      'of which nothing was found to check was not evaluated',
      [check(true, '')],
      { status: 'notEvaluated' },
    ],
    [
      'whose default is to fail was not evaluated',
      [check(false, '')],
      { status: 'notEvaluated' },
    ],
    [
      'with a result that cannot be read is not met',
      [check(true), check('yes')],
      { status: 'notEvaluated' },
    ],
    [
      'with a result that is none is not met',
      [check(true), null],
      { status: 'notEvaluated' },
    ],
    [
      'fails beside a result that cannot be read',
      [check(false), 7],
      { status: 'fail', failed: 1 },
    ],
  ];
  it.each(cases)('%s', (_, checks, expected) => {
    const [found] = controlsOf(
      compliance([control('1')], details([{ id: '1', checks }])),
    );
    expect(found).toMatchObject(expected);
    expect('failed' in found).toBe('failed' in expected);
  });

  it('tells nothing of the objects it fails on', () => {
    const object = compliance(
      [control('1')],
      details([{ id: '1', checks: [check(false)] }]),
    );
    expect(JSON.stringify(parse(object))).not.toContain('ledger');
  });
});

it('no control of the specification is forgotten, nor one that is only told of', () => {
  const found = controlsOf(
    compliance(
      [control('2'), control('1')],
      summary([
        { id: '1', totalFail: 0 },
        { id: '9', name: 'Older', severity: 'UNKNOWN', totalFail: 1 },
      ]),
    ),
  );
  expect(found).toEqual([
    { id: '2', name: 'Control 2', severity: 'high', status: 'notEvaluated' },
    { id: '1', name: 'Control 1', severity: 'high', status: 'pass', failed: 0 },
    { id: '9', name: 'Older', status: 'fail', failed: 1 },
  ]);
});

it.each([
  ['no status yet', undefined],
  ['an empty one', {}],
  ['one that is none', 'soon'],
])('with %s nothing was evaluated', (_, status) => {
  const evidence = evidenceOf(compliance([control('1')], status));
  expect(evidence.observedAt).toBe('2026-11-20T10:00:00.000Z');
  expect(evidence.detail).not.toHaveProperty('evaluatedAt');
  expect(evidence.detail!.controls).toEqual([
    { id: '1', name: 'Control 1', severity: 'high', status: 'notEvaluated' },
  ]);
});

it('says that it was seen where no time can be read, and not when it was evaluated', () => {
  const { metadata, ...rest } = compliance([control('1')], {
    updateTimestamp: '2021-1-1T10:10:10Z',
  });
  const evidence = evidenceOf({
    ...rest,
    metadata: { ...metadata, creationTimestamp: 'then' },
  });
  expect(evidence.observedAt).toBe(SEEN_AT);
  expect(evidence.detail).not.toHaveProperty('evaluatedAt');
});

it('is told by its name where the framework has none', () => {
  const object = compliance([], summary([]), { spec: undefined });
  expect(evidenceOf(object).detail!.framework).toEqual({
    id: 'nsa',
    title: 'NSA',
  });
  const bare = compliance([], undefined, { spec: { compliance: {} } });
  expect(evidenceOf(bare).detail!.framework).toEqual({
    id: 'k8s-nsa-1.0',
    title: 'k8s-nsa-1.0',
  });
});

it.each([
  ['the specification', [control('1', ['SECRET-CRITICAL'])], [{ id: '1' }]],
  [
    'the results',
    [control('1')],
    [{ id: '1', checks: [check(false, 'SECRET-HIGH')] }],
  ],
])('marks what counts secrets by %s', (_, specified, results) => {
  const [found] = controlsOf(compliance(specified, details(results)));
  expect(found.secrets).toBe(true);
  const [other] = controlsOf(
    compliance([control('1', ['AVD-KSV-0041'])], details([{ id: '1' }])),
  );
  expect(other).not.toHaveProperty('secrets');
});

it('keeps hostile text as it is, and no more of it than fits', () => {
  const name = `<img src=x>\u202e${'x'.repeat(10_000)}`;
  const [found] = controlsOf(compliance([{ ...control('1'), name }]));
  expect(found.name).toHaveLength(512);
  expect(found.name.startsWith('<img src=x>\u202e')).toBe(true);
});

it('reads a report of 900 KB', () => {
  const checks = Array.from({ length: 35 }, () => ({
    ...check(false),
    messages: ['x'.repeat(100)],
  }));
  const results = Array.from({ length: 116 }, (_, index) => ({
    id: `1.${index}`,
    checks,
  }));
  const object = compliance(
    results.map(({ id }) => control(id)),
    details(results),
  );
  expect(JSON.stringify(object).length).toBeGreaterThan(800_000);
  const found = controlsOf(object);
  expect(found).toHaveLength(116);
  expect(new Set(found.map(({ failed }) => failed))).toEqual(new Set([35]));
});

describe('a report that cannot be read', () => {
  const many = Array.from({ length: 2_001 }, (_, index) => control(`${index}`));
  const cases: Array<[string, KubernetesObject, string]> = [
    [
      'another kind',
      compliance([], undefined, { kind: 'SbomReport' }),
      'expected aquasecurity.github.io/v1alpha1 ClusterComplianceReport, got aquasecurity.github.io/v1alpha1 SbomReport',
    ],
    [
      'nothing',
      compliance([], undefined, { spec: 7 }),
      'has neither a specification nor a status',
    ],
    ['no list of controls', compliance({}), 'has no list of controls'],
    ['a control that is none', compliance(['1.0']), 'has no list of controls'],
    [
      'a control without id',
      compliance([{ name: 'x' }]),
      'has a control without id',
    ],
    [
      'one id twice',
      compliance([control('1'), control('1')]),
      'has two controls of one id',
    ],
    [
      'one result twice',
      compliance(
        [control('1')],
        summary([
          { id: '1', totalFail: 1 },
          { id: '1', totalFail: 0 },
        ]),
      ),
      'has two controls of one id',
    ],
    [
      'results that are no list',
      compliance([], details('x')),
      'has no list of results',
    ],
    [
      'a summary that is no list',
      compliance([], summary(7)),
      'has no list of controls in its summary',
    ],
    ['too many controls', compliance(many), 'has 2001 controls'],
  ];
  it.each(cases)('with %s is named, and says nothing', (_, object, message) => {
    expect(parse(object)).toEqual({ kind: 'malformed', message });
  });
});
