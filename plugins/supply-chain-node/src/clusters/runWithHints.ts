import { SourceHints } from '../feeds';
import { Clock, sleep } from './Clock';
import { linkedAbort } from './linkedAbort';
import { ObjectName } from './ObjectReads';
import { Reflector } from './Reflector';

/** Hints are collected for this long after some were followed. */
const PAUSE_MS = 5_000;
/** A list of metadata costs the cluster more than single objects do. */
const PAUSE_AFTER_LIST_MS = 30_000;
/** With more objects than this, one list is cheaper. */
const OBJECTS_MAX = 50;

/**
 * Options of {@link runWithHints}.
 *
 * @public
 */
export type RunWithHintsOptions = {
  hints: SourceHints;
  /** The reflectors of the source by what they read. */
  reflectors: ReadonlyMap<string, Reflector>;
  clock: Clock;
  signal: AbortSignal;
};

/**
 * Runs reflectors and has them read at once what hints name: `<resource>/<namespace>/<name>` for one object,
 * `<resource>` for all of one kind, an empty one for everything. What a watch has shown already is found unchanged.
 *
 * @public
 */
export async function runWithHints(
  options: RunWithHintsOptions,
  run: () => Promise<void>,
): Promise<void> {
  const { controller, unlink } = linkedAbort(options.signal);
  const following = follow({ ...options, signal: controller.signal });
  try {
    await run();
  } finally {
    controller.abort();
    unlink();
    await following;
  }
}

async function follow(options: RunWithHintsOptions): Promise<void> {
  const { hints, reflectors, clock, signal } = options;
  while (!signal.aborted) {
    const taken = await hints.take(signal);
    let lists = false;
    for (const [resource, reflector] of reflectors) {
      const named = namedBy(taken, resource);
      if (named === 'all') {
        lists = true;
        reflector.requestComparison();
      } else {
        reflector.requestNamed(named);
      }
    }
    await sleep({
      clock,
      delayMs: lists ? PAUSE_AFTER_LIST_MS : PAUSE_MS,
      signal,
    });
  }
}

function namedBy(hints: string[], resource: string): ObjectName[] | 'all' {
  const begin = `${resource}/`;
  const objects = hints.filter(hint => hint.startsWith(begin));
  const isAll = hints.some(hint => hint === '' || hint === resource);
  if (isAll || objects.length > OBJECTS_MAX) {
    return 'all';
  }
  return objects.map(hint => {
    const [namespace, ...name] = hint.slice(begin.length).split('/');
    return {
      // Who sends a hint is not asked for the uid: it would be believed for that.
      uid: hint,
      ...(namespace && { namespace }),
      name: name.join('/'),
    };
  });
}
