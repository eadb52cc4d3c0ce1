import { PooledEvaluation } from 'backstage-plugin-supply-chain-node/evaluation';
import { EvaluationMemory } from './EvaluationMemory';

const NOW = new Date('2026-11-23T12:00:00Z');

function evaluation(
  overrides: Partial<PooledEvaluation> = {},
  nextChangeAt?: string,
): PooledEvaluation {
  const verdict = { ...(nextChangeAt && { nextChangeAt }) };
  return {
    outcome: 'pass',
    decided: true,
    verdicts: [verdict, {}] as PooledEvaluation['verdicts'],
    ...overrides,
  };
}

describe('EvaluationMemory', () => {
  it('keeps until the clock alone would change something', () => {
    const memory = EvaluationMemory.create({ entriesMax: 10 });
    memory.remember('a', evaluation());
    memory.remember('b', evaluation({}, '2026-11-23T12:00:01Z'));
    expect(memory.get('a', new Date('2999-01-01T00:00:00Z'))).toBeDefined();
    expect(memory.get('b', NOW)).toBeDefined();
    expect(memory.get('b', new Date('2026-11-23T12:00:01Z'))).toBeUndefined();
  });

  it('keeps nothing that was not decided (L19), and no more than it may', () => {
    const memory = EvaluationMemory.create({ entriesMax: 1 });
    memory.remember('a', evaluation({ decided: false }));
    expect(memory.get('a', NOW)).toBeUndefined();
    memory.remember('b', evaluation());
    memory.remember('c', evaluation());
    expect(memory.get('b', NOW)).toBeUndefined();
    expect(memory.get('c', NOW)).toBeDefined();
  });
});
