import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Evidence,
  EvidenceKind,
  EvidenceOf,
  ImageSubject,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';

/**
 * State a collector keeps between runs, for instance versions it must not fall behind. The CLI keeps it in a folder.
 *
 * @public
 */
export interface CollectorState {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

/**
 * What a collector gets for one run.
 *
 * @public
 */
export type CollectContext = {
  signal: AbortSignal;
  logger: Pick<LoggerService, 'debug' | 'info' | 'warn' | 'error'>;
  /** The instant the run counts as; tests inject it. */
  now: Date;
  /** References workloads use for this subject, as written; hints for tags to resolve, never identity. */
  imageRefs: string[];
  /** Registry facts of the subject, collected first; absent only for the collector of those facts. */
  origin?: EvidenceOf<'origin'>;
  /** Every trust root loaded. */
  trustRoots: TrustRoot[];
  state: CollectorState;
  /**
   * True in the portal only: where a trust root asks for it, what is seen first may be trusted from then on (L16).
   *
   * @defaultValue false
   */
  trustsFirstUse?: boolean;
  /** True for Re-check, CI and admission: no cached negative answers (L7). */
  fresh: boolean;
};

/**
 * A source of evidence that is asked, one image at a time.
 *
 * @remarks
 * 1. `collect` is called from the work queue, at most once at a time per subject over all replicas.
 * 2. It returns one evidence per kind it is responsible for. What could not be found out is returned as
 *    `unavailable` with a reason, not thrown; a throw is stored as `unavailable(collectorError)`.
 * 3. It honours `signal` and returns no later than its deadline.
 *
 * @public
 */
export interface EvidenceCollector {
  /** Stable id, for instance `sigstore`. */
  readonly id: string;
  readonly kinds: readonly EvidenceKind[];
  collect(subject: ImageSubject, context: CollectContext): Promise<Evidence[]>;
}
