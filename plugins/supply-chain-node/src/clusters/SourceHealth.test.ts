import { ReflectorHealth } from './ReflectorHealth';
import { SourceHealth } from './SourceHealth';

const OK: ReflectorHealth = { state: 'ok' };
const failing = (
  state: 'down' | 'degraded',
  message: string,
): ReflectorHealth => ({ state, reason: 'clusterForbidden', message });

it.each<[string, Array<[string, ReflectorHealth]>, object]>([
  [
    'starting before the main part was read',
    [['nodes', OK]],
    { state: 'starting' },
  ],
  [
    'ok when all parts are',
    [
      ['pods', OK],
      ['nodes', OK],
    ],
    { state: 'ok' },
  ],
  [
    'down with the main part, whatever the others are',
    [
      ['nodes', failing('down', 'list nodes')],
      ['pods', failing('down', 'list pods')],
    ],
    { state: 'down', message: 'list pods' },
  ],
  [
    'degraded by any other part',
    [
      ['pods', OK],
      ['nodes', failing('down', 'list nodes')],
    ],
    { state: 'degraded', message: 'list nodes' },
  ],
  [
    'degraded by the main part first',
    [
      ['nodes', failing('down', 'list nodes')],
      ['pods', failing('degraded', 'watch pods')],
    ],
    { state: 'degraded', message: 'watch pods' },
  ],
])('is %s', async (_, updates, expected) => {
  const reports: object[] = [];
  const health = new SourceHealth({
    main: 'pods',
    report: async report => {
      reports.push(report);
    },
  });
  for (const [part, state] of updates) {
    await health.update(part, state);
  }
  expect(reports.pop()).toMatchObject(expected);
});
