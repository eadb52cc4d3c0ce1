import { failureOfError } from './failureOfError';
import { currentLook, RegistryLook } from './registryLook';
import { RegistryResult } from './registryResult';

/** Bytes of one look that are kept; what is beyond is read again. Documents of signatures have some kilobytes. */
const KEPT_MAX_BYTES = 4 * 1024 * 1024;

/** Arguments of {@link SharedReads.share}. */
export interface SharedRead<T> {
  /** Names everything the result depends on. */
  key: string;
  /** Of this caller. */
  signal: AbortSignal | undefined;
  /** Bytes of a value; `undefined`: it does not hold everything it should, and stands for nobody else's. */
  sizeOf(value: T): number | undefined;
}

type Reads = {
  byKey: Map<string, Promise<RegistryResult<unknown>>>;
  bytesLeft: number;
};

/**
 * Lets callers of one look share what they read.
 *
 * What succeeded is kept until the look ends. What is definitely not there is shared by those who wait for the same
 * answer. Any other failure may be the first caller's own, who gave up or whose time ended: the others ask themselves.
 */
export class SharedReads {
  readonly #looks = new WeakMap<RegistryLook, Reads>();

  /** The result of an equal read of this look, or of this one. */
  async share<T>(
    options: SharedRead<T>,
    read: () => Promise<RegistryResult<T>>,
  ): Promise<RegistryResult<T>> {
    const look = currentLook();
    if (!look) {
      return read();
    }
    const reads = this.#readsOf(look);
    const earlier = reads.byKey.get(options.key) as
      | ReturnType<typeof read>
      | undefined;
    if (!earlier) {
      return begin(reads, options, read);
    }
    const result = await whileWanted(earlier, options.signal);
    return standsForOthers(result, options) ? result : read();
  }

  #readsOf(look: RegistryLook): Reads {
    const known = this.#looks.get(look);
    const reads = known ?? { byKey: new Map(), bytesLeft: KEPT_MAX_BYTES };
    if (!known) {
      this.#looks.set(look, reads);
    }
    return reads;
  }
}

async function begin<T>(
  reads: Reads,
  { key, sizeOf }: SharedRead<T>,
  read: () => Promise<RegistryResult<T>>,
): Promise<RegistryResult<T>> {
  const reading = read();
  reads.byKey.set(key, reading);
  let bytes: number | undefined;
  try {
    const result = await reading;
    bytes = result.ok ? sizeOf(result.value) : undefined;
    return result;
  } finally {
    if (bytes !== undefined && bytes <= reads.bytesLeft) {
      reads.bytesLeft -= bytes;
    } else {
      reads.byKey.delete(key);
    }
  }
}

function standsForOthers<T>(
  result: RegistryResult<T>,
  { sizeOf }: SharedRead<T>,
): boolean {
  return result.ok
    ? sizeOf(result.value) !== undefined
    : result.kind === 'definitive';
}

/** The result, or that this caller does not wait for it any more. */
async function whileWanted<T>(
  reading: Promise<RegistryResult<T>>,
  signal: AbortSignal | undefined,
): Promise<RegistryResult<T>> {
  if (!signal) {
    return reading;
  }
  if (signal.aborted) {
    return failureOfError(signal.reason, signal);
  }
  return new Promise((resolve, reject) => {
    const leave = () => resolve(failureOfError(signal.reason, signal));
    signal.addEventListener('abort', leave);
    reading
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
