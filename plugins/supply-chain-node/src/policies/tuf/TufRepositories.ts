import { lookup } from 'node:dns/promises';
import {
  TufReference,
  tufFileNames,
  TufTarget,
} from 'backstage-plugin-supply-chain-common';
import {
  HostPermissions,
  RegistryDirectory,
} from '../../registry/RegistryDirectory';
import {
  DEFAULT_REGISTRY_LIMITS,
  RegistryEntry,
} from '../../registry/registryOptions';
import { RegistryTransport } from '../../registry/RegistryTransport';
import { fetchTrustedRoot } from './fetchTrustedRoot';
import { TufReader, TufReading } from './tufReading';

/** A mirror is asked again this long after it answered; policies are read more often. */
const REFRESH_INTERVAL_MS = 15 * 60_000;
const RETRY_INTERVAL_MS = 60_000;
/** For all requests of one reading. */
const READING_TIMEOUT_MS = 30_000;
const REPOSITORIES_MAX = 64;

/**
 * Options of {@link TufRepositories}.
 *
 * @public
 */
export type TufRepositoriesOptions = {
  /** Hosts with exceptions: plain http, private addresses, an authority of their own (L30). */
  registries?: RegistryEntry[];
  /**
   * Whether every mirror may have a private address.
   *
   * @defaultValue false
   */
  allowPrivateAddress?: boolean;
  /** @defaultValue 15 minutes */
  refreshIntervalMs?: number;
  /** @defaultValue one minute */
  retryIntervalMs?: number;
  /** @defaultValue `() => new Date()` */
  now?: () => Date;
};

type Remembered = { reading: TufReading; atMs: number; last?: TufTarget };

/**
 * The TUF repositories that trust roots name. Each is asked from time to time, however often policies are read, and
 * never goes back behind what it said before.
 *
 * @public
 */
export class TufRepositories implements TufReader {
  readonly #options: TufRepositoriesOptions;
  readonly #directory: RegistryDirectory;
  readonly #transport: RegistryTransport;
  readonly #remembered = new Map<string, Remembered>();

  static create(options: TufRepositoriesOptions = {}): TufRepositories {
    return new TufRepositories(options);
  }

  private constructor(options: TufRepositoriesOptions) {
    this.#options = options;
    this.#directory = new RegistryDirectory(
      options.registries ?? [],
      undefined,
    );
    this.#transport = new RegistryTransport({
      directory: this.#directory,
      limits: DEFAULT_REGISTRY_LIMITS,
      resolveAddresses: hostname => lookup(hostname, { all: true }),
    });
  }

  async read(
    reference: TufReference,
    options: { previous?: TufTarget; signal?: AbortSignal },
  ): Promise<TufReading> {
    const key = tufFileNames(reference).content;
    const nowMs = this.#now().getTime();
    const known = this.#remembered.get(key);
    if (known && nowMs - known.atMs < this.#pauseAfter(known.reading)) {
      return known.reading;
    }
    const previous = newer(known?.last, options.previous);
    const reading = await fetchTrustedRoot({
      reference,
      previous,
      now: this.#now(),
      transport: this.#transport,
      permissionsFor: url => this.#permissionsFor(url),
      signal: AbortSignal.any([
        AbortSignal.timeout(READING_TIMEOUT_MS),
        ...(options.signal ? [options.signal] : []),
      ]),
    });
    this.#remember(key, {
      reading,
      atMs: nowMs,
      last: reading.ok ? reading.target : previous,
    });
    return reading;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  #pauseAfter(reading: TufReading): number {
    const { refreshIntervalMs, retryIntervalMs } = this.#options;
    return reading.ok
      ? refreshIntervalMs ?? REFRESH_INTERVAL_MS
      : retryIntervalMs ?? RETRY_INTERVAL_MS;
  }

  #permissionsFor(url: URL): HostPermissions {
    const permissions = this.#directory.permissionsForUrl(url);
    return this.#options.allowPrivateAddress
      ? { ...permissions, allowPrivateAddress: true }
      : permissions;
  }

  #remember(key: string, entry: Remembered): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, entry);
    if (this.#remembered.size > REPOSITORIES_MAX) {
      this.#remembered.delete(this.#remembered.keys().next().value!);
    }
  }
}

/** Another replica may have asked since. */
function newer(
  left: TufTarget | undefined,
  right: TufTarget | undefined,
): TufTarget | undefined {
  return left && right && right.receipt.checkedAt > left.receipt.checkedAt
    ? right
    : left ?? right;
}
