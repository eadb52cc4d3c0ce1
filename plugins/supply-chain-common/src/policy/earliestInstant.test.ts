import { earliestInstant } from './earliestInstant';

describe('earliestInstant', () => {
  it('compares instants, not texts', () => {
    expect(
      earliestInstant([
        '2026-11-20T12:00:00Z',
        undefined,
        '2026-11-20T12:30:00+01:00',
        '2026-11-20T11:45:00.000Z',
      ]),
    ).toBe('2026-11-20T12:30:00+01:00');
  });

  it('keeps the first of two ways to write the same', () => {
    expect(
      earliestInstant(['2026-11-20T12:00:00Z', '2026-11-20T12:00:00.000Z']),
    ).toBe('2026-11-20T12:00:00Z');
  });

  it('is undefined where there is none', () => {
    expect(earliestInstant([])).toBeUndefined();
    expect(earliestInstant([undefined])).toBeUndefined();
  });
});
