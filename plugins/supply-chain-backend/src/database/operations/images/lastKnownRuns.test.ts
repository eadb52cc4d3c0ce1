import { RunningImageRow } from '../../tables';
import { lastKnownRuns } from './lastKnownRuns';

function run(row: Partial<RunningImageRow>): RunningImageRow {
  return {
    cluster: 'prod-eu',
    namespace: 'shop',
    workload_kind: 'Deployment',
    workload_name: 'web',
    container_type: 'app',
    container: 'main',
    running: false,
    ...row,
  } as RunningImageRow;
}

const idsOf = (rows: Partial<RunningImageRow>[]) =>
  lastKnownRuns(rows.map(run)).map(row => row.id);

describe('lastKnownRuns', () => {
  it('keeps what runs, however either engine writes that', () => {
    expect(
      idsOf([
        { id: 'a', running: true, last_seen: '2026-07-01' },
        { id: 'b', running: 1, last_seen: '2026-07-01' },
        { id: 'c', running: 0, last_seen: '2026-07-02' },
      ]),
    ).toEqual(['a', 'b']);
  });

  it('keeps what each container ran last when nothing runs', () => {
    expect(
      idsOf([
        { id: 'old', last_seen: '2026-06-01' },
        { id: 'last', last_seen: '2026-07-01' },
        { id: 'sidecar', container: 'proxy', last_seen: '2026-05-01' },
        { id: 'elsewhere', cluster: 'prod-us', last_seen: '2026-04-01' },
      ]),
    ).toEqual(['last', 'sidecar', 'elsewhere']);
  });

  it('keeps what is only named beside what runs and beside what ran last', () => {
    const named = { id: 'named', annotated: true, running: true, cluster: '' };
    const ran = { id: 'ran', last_seen: '2026-07-01' };
    expect(idsOf([named, ran])).toEqual(['ran', 'named']);
    expect(idsOf([named, ran, { ...ran, id: 'runs', running: 1 }])).toEqual([
      'runs',
      'named',
    ]);
  });

  it('keeps both when a container ended with two images at once', () => {
    expect(
      idsOf([
        { id: 'a', last_seen: '2026-07-01' },
        { id: 'b', last_seen: '2026-07-01' },
      ]),
    ).toEqual(['a', 'b']);
  });
});
