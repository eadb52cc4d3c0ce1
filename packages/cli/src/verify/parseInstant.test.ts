import { parseInstant } from './parseInstant';

describe('parseInstant', () => {
  it.each([
    ['2026-12-03T12:00:00Z', '2026-12-03T12:00:00.000Z'],
    ['2026-12-03t12:00:00z', '2026-12-03T12:00:00.000Z'],
    ['2026-12-03T12:00:00.25+02:00', '2026-12-03T10:00:00.250Z'],
    ['2024-02-29T23:59:59-11:30', '2024-03-01T11:29:59.000Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '',
    'now',
    '2026-12-03',
    '2026-12-03T12:00:00',
    '2026-12-03 12:00:00Z',
    '2026-02-30T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-12-03T24:00:00Z',
    '2026-12-03T12:60:00Z',
    '1764763200',
    'Thu, 03 Dec 2026 12:00:00 GMT',
  ])('refuses "%s"', text => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
