import { Doubt, Doubts } from './Doubt';
import { OpenProblems } from './OpenProblems';

let nowMs = 0;
const clock = {
  now: () => new Date(nowMs),
  random: () => 0.5,
  setTimer: () => () => undefined,
};
const options = { clock, firstMs: 1_000, maxMs: 60_000 };

beforeEach(() => {
  nowMs = 0;
});

/** The pauses before lists that take so long, each of which gives reason to doubt again after a while. */
function pauses(times: number, listMs: number, calmMs = 0): number[] {
  const doubt = new Doubt(options);
  return Array.from({ length: times }, () => {
    doubt.raise();
    const pauseMs = doubt.remainingMs();
    nowMs += pauseMs + listMs;
    doubt.end();
    nowMs += calmMs;
    return pauseMs;
  });
}

it.each([0, 2_000, 3_000, 10_000, 60_000])(
  'waits longer and longer between lists that take %s ms',
  listMs => {
    expect(pauses(8, listMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
  },
);

it('begins anew after a while without doubt', () => {
  expect(pauses(3, 10_000, 3_001)).toEqual([1_000, 1_000, 1_000]);
  expect(pauses(3, 10_000, 3_000)).toEqual([1_000, 2_000, 4_000]);
});

it('is raised once until a list ends it', () => {
  const doubt = new Doubt(options);
  expect([doubt.raise(), doubt.raise()]).toEqual([true, false]);
  nowMs += 400;
  expect(doubt.remainingMs()).toBe(600);
  nowMs += 5_000;
  expect(doubt.remainingMs()).toBe(0);
  doubt.end();
  expect(doubt.isOpen).toBe(false);
});

it('does not let what is refused for good delay what was lost', () => {
  const doubts = new Doubts(options);
  const problems = new OpenProblems();
  const reason = 'malformedAnswer';
  problems.add([{ reason, message: 'no spec', uid: 'a' }]);
  for (let lists = 0; lists < 6; lists += 1) {
    doubts.raiseFor(problems);
    nowMs += doubts.open[0].remainingMs();
    doubts.end();
  }
  const [refused] = doubts.raiseFor(problems);
  expect(refused.remainingMs()).toBe(60_000);
  problems.add([{ reason, message: 'a watch event is not JSON' }]);
  const [lost, ...others] = doubts.raiseFor(problems);
  expect(lost.remainingMs()).toBe(1_000);
  expect(others).toEqual([]);
});
