import { SourceReport } from '../../feeds';
import { ReflectorHealth } from '../ReflectorHealth';
import { ReportHealth } from './ReportHealth';

const ok: ReflectorHealth = { state: 'ok' };
const missing: ReflectorHealth = {
  state: 'down',
  reason: 'resourceMissing',
  message: 'no resource',
  nextTryAt: '2026-11-23T12:01:00.000Z',
};
const forbidden = (resource: string): ReflectorHealth => ({
  state: 'down',
  reason: 'clusterForbidden',
  message: `list ${resource}`,
  nextTryAt: '2026-11-23T12:02:00.000Z',
});
const slow: ReflectorHealth = {
  state: 'degraded',
  reason: 'sourceTimeout',
  message: 'no complete answer',
};

it.each<[string, Array<ReflectorHealth | undefined>, object]>([
  [
    'nothing is read yet',
    [missing, undefined, undefined],
    { state: 'starting' },
  ],
  ['all can be read', [ok, ok, ok], { state: 'ok' }],
  [
    'those that are installed can be read',
    [missing, ok, missing],
    { state: 'ok' },
  ],
  [
    'none is installed',
    [missing, missing, missing],
    { state: 'notInstalled', nextTryAt: '2026-11-23T12:01:00.000Z' },
  ],
  [
    'rights are missing',
    [forbidden('policyreports'), forbidden('reports'), missing],
    {
      state: 'down',
      reason: 'clusterForbidden',
      message: 'list policyreports, list reports',
      nextTryAt: '2026-11-23T12:02:00.000Z',
    },
  ],
  [
    'one right is missing',
    [ok, forbidden('reports'), missing],
    {
      state: 'degraded',
      reason: 'clusterForbidden',
      message: 'list reports',
      nextTryAt: '2026-11-23T12:02:00.000Z',
    },
  ],
  [
    'one is read in part',
    [slow, ok, forbidden('reports')],
    {
      state: 'degraded',
      reason: 'sourceTimeout',
      message: 'no complete answer',
      nextTryAt: '2026-11-23T12:02:00.000Z',
    },
  ],
])('says when %s', async (_, states, expected) => {
  const reports: Array<Omit<SourceReport, 'kind' | 'name'>> = [];
  const health = new ReportHealth({
    parts: ['a', 'b', 'c'],
    report: async report => void reports.push(report),
  });
  for (const [index, state] of states.entries()) {
    if (state) {
      await health.update('abc'[index], state);
    }
  }
  const { parts, ...combined } = reports.at(-1) ?? {};
  expect(combined).toEqual(expected);
  expect(parts?.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

it('says how each resource is doing', async () => {
  const reports: Array<Omit<SourceReport, 'kind' | 'name'>> = [];
  const health = new ReportHealth({
    parts: ['a', 'b', 'c', 'd'],
    report: async report => void reports.push(report),
  });
  await health.update('a', ok);
  await health.update('b', missing);
  await health.update('c', forbidden('reports'));
  expect(reports.at(-1)?.parts).toEqual([
    { name: 'a', state: 'ok' },
    { name: 'b', state: 'notInstalled' },
    {
      name: 'c',
      state: 'down',
      reason: 'clusterForbidden',
      message: 'list reports',
    },
    { name: 'd', state: 'starting' },
  ]);
});
