import { requireTellable } from './findingFilter';

const releasedAt = '2026-11-19T00:00:00.000Z';

describe('what is asked to be not exploited', () => {
  it.each([
    ['no catalogue is loaded', {}, 'exploitDataMissing'],
    [
      'the catalogue is not of now',
      { knownExploited: { releasedAt, outdated: true } },
      'exploitDataOutdated',
    ],
  ])('is refused when %s (L8)', (_, state, reason) => {
    expect(() => requireTellable({ exploited: false }, state)).toThrow(
      expect.objectContaining({ name: 'ConflictError', reason }),
    );
    expect(() => requireTellable({ exploited: true }, state)).not.toThrow();
    expect(() => requireTellable({}, state)).not.toThrow();
  });

  it('is told by a catalogue of now', () => {
    const knownExploited = { releasedAt, outdated: false };
    expect(() =>
      requireTellable({ exploited: false }, { knownExploited }),
    ).not.toThrow();
  });
});
