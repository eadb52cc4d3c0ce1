import { evaluationInstant } from './evaluationInstant';

const NOON = '2026-09-14T12:00:00.000Z';

describe('evaluationInstant', () => {
  it('takes the clock where nothing was evaluated before', () => {
    expect(evaluationInstant(new Date(NOON), undefined)).toEqual({
      now: new Date(NOON),
      clockSuspect: false,
    });
  });

  it('goes on with a clock that goes on', () => {
    const clock = new Date('2026-09-14T12:00:00.001Z');
    expect(evaluationInstant(clock, NOON).now).toEqual(clock);
  });

  it.each([
    ['2026-09-14T11:55:00.000Z', false],
    ['2026-09-14T11:54:59.999Z', true],
  ])('stays at the latest instant when the clock says %s', (clock, suspect) => {
    expect(evaluationInstant(new Date(clock), NOON)).toEqual({
      now: new Date(NOON),
      clockSuspect: suspect,
    });
  });
});
