import { SourceHealthRow } from '../../database/tables';
import { checklist } from './checklist';

function source(
  row: Pick<SourceHealthRow, 'kind' | 'state'> & Partial<SourceHealthRow>,
): SourceHealthRow {
  return {
    name: 'prod-eu',
    feed: null,
    reason: null,
    message: null,
    last_success_at: null,
    last_failure_at: null,
    next_try_at: null,
    items: null,
    parts: null,
    of_no_cluster: false,
    ...row,
  };
}

const NOTHING = {
  sources: [],
  hasImages: false,
  images: 0,
  services: 0,
  trustRoots: 0,
  policies: 0,
};

describe('checklist', () => {
  it('has the steps of an empty portal in their order, none of them done', () => {
    expect(checklist(NOTHING).map(({ step, done }) => [step, done])).toEqual([
      ['clusters', false],
      ['images', false],
      ['linked', false],
      ['trustRoot', false],
      ['scanner', false],
      ['policy', false],
    ]);
  });

  it.each([
    ['ok', true],
    ['degraded', true],
    ['starting', false],
    ['down', false],
  ])('counts a cluster that is %s as reachable: %s', (state, done) => {
    const [clusters] = checklist({
      ...NOTHING,
      sources: [source({ kind: 'cluster', state })],
    });
    expect(clusters).toMatchObject({ done, count: done ? 1 : 0 });
  });

  it('names what is wrong with a source that is down', () => {
    const steps = checklist({
      ...NOTHING,
      policies: 2,
      sources: [
        source({ kind: 'cluster', state: 'down', reason: 'clusterRefused' }),
        source({
          kind: 'policyFile',
          state: 'down',
          reason: 'documentMalformed',
        }),
      ],
    });
    expect(steps[0]).toEqual({
      step: 'clusters',
      done: false,
      count: 0,
      problem: 'clusterRefused',
    });
    // The last good policies stay in force beside the problem (L28).
    expect(steps[5]).toEqual({
      step: 'policy',
      done: true,
      count: 2,
      problem: 'documentMalformed',
    });
  });
});
