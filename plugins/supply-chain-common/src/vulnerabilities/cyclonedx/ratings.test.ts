import { severityOfRatings, severitySourceOf } from './ratings';

const DEBIAN = { name: 'debian' };

describe('severityOfRatings', () => {
  it.each<[string, Record<string, unknown>[], string]>([
    [
      'of its own source',
      [{ severity: 'critical' }, { source: DEBIAN, severity: 'low' }],
      'low',
    ],
    ['at its worst', [{ severity: 'low' }, { severity: 'high' }], 'high'],
    [
      'where its own source has none',
      [{ source: DEBIAN }, { severity: 'high' }],
      'high',
    ],
    ['by a score', [{ method: 'CVSSv3', score: 9 }], 'critical'],
    ['by a score of version 2', [{ method: 'CVSSv2', score: 10 }], 'high'],
    ['by a middle score', [{ method: 'CVSSv4', score: 4 }], 'medium'],
    ['by a low score', [{ method: 'CVSSv31', score: 0.1 }], 'low'],
    ['by no score', [{ method: 'CVSSv31', score: 0 }], 'negligible'],
    ['not by what is no score', [{ method: 'other', score: 9 }], 'unknown'],
    ['for information', [{ severity: 'info' }], 'negligible'],
    ['of nobody', [], 'unknown'],
  ])('rates %s', (_what, ratings, severity) => {
    expect(severityOfRatings(ratings, DEBIAN)).toBe(severity);
  });
});

describe('severitySourceOf', () => {
  const NVD = { source: { name: 'nvd' }, severity: 'high' };
  const OWN = { source: DEBIAN, severity: 'high' };
  it.each<[string, Record<string, unknown>[], string | undefined]>([
    ['its own source first', [NVD, OWN], 'debian'],
    ['another one', [NVD, { ...OWN, severity: 'low' }], 'nvd'],
    ['nobody who has no name', [{ severity: 'high' }], undefined],
  ])('names %s', (_what, ratings, source) => {
    expect(severitySourceOf(ratings, DEBIAN, 'high')).toBe(source);
  });
});
