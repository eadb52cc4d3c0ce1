import { mockServices } from '@backstage/backend-test-utils';
import { VerdictStore, VerdictTask } from '../stores/VerdictStore';
import { VerdictEngine } from './VerdictEngine';

const NOW = new Date('2026-05-01T12:00:00.000Z');

const taskOf = (runningImageId: string): VerdictTask => ({
  runningImageId,
  attempts: 0,
  ticket: 'ticket',
  lease: 'of all of them',
});

/** Runs an engine until its queue is empty. */
async function run(options: {
  ids: string[];
  refused: (ids: string[]) => boolean;
  release?: VerdictStore['release'];
}) {
  const { ids, refused } = options;
  const stop = new AbortController();
  const saved: string[][] = [];
  const released: string[] = [];
  const batches = [ids.map(taskOf)];
  const store: VerdictStore = {
    take: async () => {
      const batch = batches.shift();
      if (!batch) {
        stop.abort();
      }
      return batch ?? [];
    },
    load: async tasks => ({
      running: [],
      ended: tasks.map(task => ({ task })),
    }),
    save: async ({ ended }) => {
      const those = ended.map(({ task }) => task.runningImageId);
      if (refused(those)) {
        throw new Error('invalid byte sequence');
      }
      saved.push(those);
      return { changed: false, changes: [] };
    },
    release:
      options.release ??
      (async ({ tasks }) => {
        released.push(...tasks.map(task => task.runningImageId));
      }),
    settle: async () => undefined,
    requestAll: async () => undefined,
    lastEvaluatedAt: async () => undefined,
  };
  const logger = mockServices.logger.mock();
  const ends: string[] = [];
  await VerdictEngine.create({
    store,
    health: {
      report: async () => undefined,
      setItems: async () => undefined,
      keepOnly: async () => undefined,
    },
    pool: { evaluate: async () => [] },
    policySet: async () => ({
      policies: [],
      trustRoots: [],
      waivers: [],
      digest: '',
    }),
    waivers: { inForce: async () => [] },
    logger,
    tracker: { batchStarted: () => end => ends.push(end.outcome) },
    onSaved: async () => undefined,
    now: () => NOW,
    pollIntervalMs: 1,
  }).run(stop.signal);
  return { saved, released, logger, ends };
}

describe('when verdicts cannot be stored', () => {
  it('holds up none but those on the image it is about', async () => {
    const { saved, released, logger, ends } = await run({
      ids: ['a', 'hostile', 'b'],
      refused: ids => ids.includes('hostile'),
    });
    expect(saved).toEqual([['a'], ['b']]);
    expect(released).toEqual(['hostile']);
    expect(ends).toEqual(['error', 'saved', 'error', 'saved']);
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining("'hostile'"),
      expect.any(Error),
    );
  });

  it('tries a batch of one once', async () => {
    const { released, ends } = await run({
      ids: ['hostile'],
      refused: () => true,
    });
    expect(released).toEqual(['hostile']);
    expect(ends).toEqual(['error']);
  });

  it('stops at once when they cannot even be given back', async () => {
    const { saved, ends, logger } = await run({
      ids: ['a', 'b', 'c'],
      refused: () => true,
      release: async () => {
        throw new Error('connection refused');
      },
    });
    expect(saved).toEqual([]);
    expect(ends).toEqual(['error', 'error']);
    expect(logger.error).toHaveBeenLastCalledWith(
      'Verdicts could not be made',
      expect.any(Error),
    );
  });
});
