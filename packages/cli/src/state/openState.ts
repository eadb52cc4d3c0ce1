import type { CollectorState } from '../verify/collecting';
import { DirectoryState } from './DirectoryState';
import { MemoryState } from './MemoryState';

/** Gives each collector the state that is its own. */
export type StateOf = (collector: string) => Promise<CollectorState>;

/**
 * State in a folder, or in memory without one.
 *
 * @throws CommandLineError when the folder cannot be used: a mistake of configuration, found before anything is looked at.
 */
export async function openState(
  directory: string | undefined,
): Promise<StateOf> {
  if (directory === undefined) {
    const states = new Map<string, MemoryState>();
    return async collector => {
      const state = states.get(collector) ?? new MemoryState();
      states.set(collector, state);
      return state;
    };
  }
  await DirectoryState.open(directory, '.');
  return collector => DirectoryState.open(directory, collector);
}
