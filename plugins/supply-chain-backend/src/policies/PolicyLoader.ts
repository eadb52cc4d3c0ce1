import { LoggerService } from '@backstage/backend-plugin-api';
import { PolicySet } from 'backstage-plugin-supply-chain-common';
import {
  fetchTrustedRoots,
  PolicySource,
  policySourceName,
  readPolicyBundle,
  TufReader,
} from 'backstage-plugin-supply-chain-node/policies';
import { SourceHealthStore } from '../stores/SourceStore';
import { pause } from '../loops/pause';
import { LoadedPolicies, PolicyReading, loadPolicies } from './loadPolicies';
import { PolicyStore, StoredPolicySource } from './PolicyStore';
import { reportTrustRoots } from './reportTrustRoots';

/** Sources are read again this often. */
const POLL_INTERVAL_MS = 30_000;

const NOTHING: PolicySet = {
  policies: [],
  trustRoots: [],
  waivers: [],
  digest: '',
};

/** Options of {@link PolicyLoader}. */
export type PolicyLoaderOptions = {
  sources: PolicySource[];
  store: PolicyStore;
  /** Asks the TUF repositories that trust roots name. */
  trustedRoots: TufReader;
  health: SourceHealthStore;
  logger: Pick<LoggerService, 'error'>;
  /** Called when other policies or trust roots are in force than before. */
  onChanged: () => void;
  pollIntervalMs?: number;
  /** @defaultValue `() => new Date()` */
  now?: () => Date;
};

/**
 * Keeps the policies in force. A source that cannot be read, or holds something that does not load, leaves the last
 * good bytes in force, across restarts too (L28).
 */
export class PolicyLoader {
  readonly #options: PolicyLoaderOptions;
  readonly #loaded: Promise<void>;
  #setLoaded: () => void = () => undefined;
  #current: PolicySet | undefined;

  static create(options: PolicyLoaderOptions): PolicyLoader {
    return new PolicyLoader(options);
  }

  private constructor(options: PolicyLoaderOptions) {
    this.#options = options;
    this.#loaded = new Promise(resolve => {
      this.#setLoaded = resolve;
    });
  }

  /** The policies in force, once they have been read for the first time. */
  async policySet(): Promise<PolicySet> {
    await this.#loaded;
    return this.#current ?? NOTHING;
  }

  /** The policies in force; undefined before they have been read for the first time. */
  current(): PolicySet | undefined {
    return this.#current;
  }

  /** Reads the sources from time to time until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { logger, pollIntervalMs = POLL_INTERVAL_MS } = this.#options;
    while (!signal.aborted) {
      try {
        await this.loadOnce(signal);
      } catch (error) {
        logger.error('Policies cannot be loaded', error as Error);
      }
      await pause(pollIntervalMs, signal);
    }
    // Nobody may wait for ever at shutdown.
    this.#setLoaded();
  }

  /** Reads the sources once and puts what is good into force. */
  async loadOnce(signal?: AbortSignal): Promise<void> {
    const { sources, store, onChanged } = this.#options;
    const stored = await store.read();
    const readings = await Promise.all(
      sources.map(source => this.#readSource({ source, stored, signal })),
    );
    const loaded = loadPolicies(readings, stored);
    await store.write(loaded.sources);
    this.#current = loaded.policySet;
    const { changed } = await store.putInForce(loaded.policySet);
    this.#setLoaded();
    await this.#report(loaded);
    if (changed) {
      onChanged();
    }
  }

  async #readSource(options: {
    source: PolicySource;
    stored: StoredPolicySource[];
    signal: AbortSignal | undefined;
  }): Promise<PolicyReading> {
    const { source, stored, signal } = options;
    const name = policySourceName(source);
    try {
      const fetched = await fetchTrustedRoots({
        bundle: await readPolicyBundle(source, { signal }),
        previous: stored.find(each => each.source === name)?.bundle,
        reader: this.#options.trustedRoots,
        signal,
      });
      return { source: name, ...fetched };
    } catch (error) {
      return { source: name, error: String(error) };
    }
  }

  async #report({ sources, policySet }: LoadedPolicies): Promise<void> {
    const { health, now } = this.#options;
    for (const { source, bundle, problems } of sources) {
      // A misspelt key is told before the value it leaves missing.
      const problem =
        problems.find(each => each.code === 'documentKeyUnknown') ??
        problems[0];
      const failed = bundle ? 'degraded' : 'down';
      await health.report('policies', {
        kind: 'policyFile',
        name: source,
        state: problem ? failed : 'ok',
        ...(problem && {
          reason: problem.code,
          message: `${
            problem.line === undefined ? '' : `line ${problem.line}: `
          }${problem.message}`,
        }),
      });
    }
    await health.keepOnly({
      feed: 'policies',
      names: sources.map(each => each.source),
    });
    await reportTrustRoots({
      health,
      trustRoots: policySet.trustRoots,
      now: (now ?? (() => new Date()))(),
    });
  }
}
