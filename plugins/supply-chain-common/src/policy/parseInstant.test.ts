import { parseInstant } from './parseInstant';

describe('parseInstant', () => {
  it.each([
    ['2026-12-03', '2026-12-03T00:00:00.000Z'],
    ['2026-12-03T12:00Z', '2026-12-03T12:00:00.000Z'],
    ['2026-12-03T12:00:00.5+01:00', '2026-12-03T11:00:00.500Z'],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each(['', 'tomorrow', '2026-13-03', '2026-12-03T12:00:00', '1 2026'])(
    'does not take "%s" for an instant',
    text => {
      expect(parseInstant(text)).toBeUndefined();
    },
  );
});
