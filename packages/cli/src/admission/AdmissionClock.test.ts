import { AdmissionClock } from './AdmissionClock';

describe('AdmissionClock', () => {
  it('never runs behind, and tells once of each jump of more than five minutes', () => {
    let time = Date.parse('2026-11-23T12:00:00Z');
    const jumps: number[] = [];
    const clock = AdmissionClock.create({
      now: () => new Date(time),
      onSuspect: jumpedMs => jumps.push(jumpedMs),
    });
    const latest = clock.now();
    time -= 300_000;
    expect(clock.now()).toEqual(latest);
    expect(clock.suspect).toBe(false);
    time -= 1;
    expect(clock.now()).toEqual(latest);
    expect(clock.now()).toEqual(latest);
    expect(clock.suspect).toBe(true);
    expect(jumps).toEqual([300_001]);
    time = latest.getTime() + 1;
    expect(clock.now()).toEqual(new Date(time));
    expect(clock.suspect).toBe(false);
  });
});
