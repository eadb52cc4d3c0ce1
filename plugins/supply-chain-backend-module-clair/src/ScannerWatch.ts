import { ReasonCode } from 'backstage-plugin-supply-chain-common';
import { Clock } from 'backstage-plugin-supply-chain-node/clusters';
import { ClairClient } from './ClairClient';
import { clairFailure, ClairFailure, ClairResult } from './ClairResult';
import { CLAIR_DEFAULTS, ClairSettings } from './ClairSettings';
import { ClairDatabase } from './parseAnswers';

/** What Clair says of itself in a round. */
export type Scanner = {
  /** Of the indexer: another one when it would find other things. */
  state: string;
  readMs: number;
  /** Fingerprint of the vulnerability database; empty when Clair does not tell. */
  database: string;
  /** RFC 3339: when a database that is too old was last changed. */
  staleSince?: string;
  /** What is to be said of the database. With a reason it is not in order. */
  remark?: { reason?: ReasonCode; message: string };
};

/** Options of {@link ScannerWatch}. */
export type ScannerWatchOptions = {
  client: ClairClient;
  settings: ClairSettings;
  clock: Clock;
};

type Told = { ok: true; value: ClairDatabase | 'hidden' };

/**
 * Updaters that bring something for the first time do so within one run of all, which takes longest when Clair is new.
 * After as much without another one, the database counts as loaded.
 */
const LOADED_AFTER_MS = 10 * 60_000;
/** Clocks of two machines may differ by as much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Asks Clair of itself, and remembers what one answer does not tell. */
export class ScannerWatch {
  readonly #options: ScannerWatchOptions;
  /** As it was told last. */
  #told: Told | undefined;
  /** Every updater that ever brought something; undefined before the database was seen. */
  #updaters: Set<string> | undefined;
  #grownMs = -Infinity;

  constructor(options: ScannerWatchOptions) {
    this.#options = options;
  }

  async read(signal: AbortSignal): Promise<ClairResult<Scanner>> {
    const { client, clock } = this.#options;
    const state = await client.readIndexState(signal);
    if (!state.ok) {
      return state;
    }
    const answer = await client.readDatabase(signal);
    if (answer.ok) {
      this.#note(answer);
    }
    // An old database must not seem new because it could not be asked once (L8).
    const told = this.#told ?? answer;
    if (!told.ok) {
      return told;
    }
    const database = told.value;
    if (database !== 'hidden' && database.updaters.length === 0) {
      return clairFailure(
        'scannerUnavailable',
        'The vulnerability database of Clair is empty',
      );
    }
    return {
      ok: true,
      value: {
        state: state.value,
        readMs: clock.now().getTime(),
        database: database === 'hidden' ? '' : database.fingerprint,
        ...this.#judge(database, answer.ok ? undefined : answer),
      },
    };
  }

  #note(told: Told): void {
    this.#told = told;
    if (told.value === 'hidden') {
      return;
    }
    const { updaters } = told.value;
    const known = this.#updaters;
    if (known && updaters.some(updater => !known.has(updater))) {
      this.#grownMs = this.#options.clock.now().getTime();
    }
    this.#updaters = new Set([...(known ?? []), ...updaters]);
  }

  #judge(
    database: ClairDatabase | 'hidden',
    failure: ClairFailure | undefined,
  ): Pick<Scanner, 'staleSince' | 'remark'> {
    const changedAt =
      database === 'hidden' ? undefined : this.#lastChange(database);
    if (changedAt && this.#isStale(changedAt)) {
      const message = `The vulnerability database was last changed at ${changedAt}`;
      return {
        staleSince: changedAt,
        remark: { reason: 'scanStale', message },
      };
    }
    return { remark: this.#remark(changedAt, failure) };
  }

  #remark(
    changedAt: string | undefined,
    failure: ClairFailure | undefined,
  ): Scanner['remark'] {
    const sinceGrownMs = this.#options.clock.now().getTime() - this.#grownMs;
    if (Math.abs(sinceGrownMs) < LOADED_AFTER_MS) {
      return {
        reason: 'scannerUnavailable',
        message:
          'The vulnerability database of Clair is still being loaded: what is missing is not found yet',
      };
    }
    if (failure) {
      return {
        reason: failure.reason,
        message: `How old the vulnerabilities are could not be read: ${failure.message}`,
      };
    }
    return changedAt === undefined
      ? { message: 'Clair does not tell how old its vulnerabilities are' }
      : undefined;
  }

  /** A time that is still to come says nothing: with it a database would be fresh for as long. */
  #lastChange({ changedAt }: ClairDatabase): string | undefined {
    const latestMs = this.#options.clock.now().getTime() + CLOCK_TOLERANCE_MS;
    return changedAt
      .filter(date => Date.parse(date) <= latestMs)
      .sort()
      .at(-1);
  }

  #isStale(changedAt: string): boolean {
    const { settings, clock } = this.#options;
    const maxAgeMs =
      settings.databaseMaxAgeMs ?? CLAIR_DEFAULTS.databaseMaxAgeMs;
    return clock.now().getTime() - Date.parse(changedAt) > maxAgeMs;
  }
}
