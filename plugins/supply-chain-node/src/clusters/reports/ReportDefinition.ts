import { ClusterConnection } from '../ClusterConnection';
import { ClusterReadError } from '../ClusterReadError';
import { isServed } from '../isServed';
import { ReadableResource } from '../readableResources';
import { ReflectorHealth } from '../ReflectorHealth';
import { isMissing } from './ReportHealth';

/** So many looks in a row have to find nothing before what is stored ends. */
const LOOKS = 3;

/**
 * Tells a definition that is not installed from a 404 on the way to a cluster. Where reports are stored, only the cluster
 * can say that their definition is gone, and only after several looks (L5, L6).
 *
 * @internal
 */
export class ReportDefinition {
  readonly #connection: ClusterConnection;
  readonly #resource: ReadableResource;
  readonly #signal: AbortSignal;
  readonly #hasReports: () => Promise<boolean>;
  #inRow = 0;
  #isGone = false;

  constructor(options: {
    connection: ClusterConnection;
    resource: ReadableResource;
    signal: AbortSignal;
    /** Whether reports of it are stored. */
    hasReports: () => Promise<boolean>;
  }) {
    this.#connection = options.connection;
    this.#resource = options.resource;
    this.#signal = options.signal;
    this.#hasReports = options.hasReports;
  }

  /** What a look means: whether the definition is not installed, and the health to report. */
  async judge(
    health: ReflectorHealth,
  ): Promise<{ isGone: boolean; health: ReflectorHealth }> {
    if (!isMissing(health)) {
      this.#inRow = 0;
      this.#isGone = false;
      return { isGone: false, health };
    }
    this.#inRow += 1;
    if (this.#isGone || !(await this.#hasReports())) {
      this.#isGone = true;
      return { isGone: true, health };
    }
    if (this.#inRow < LOOKS) {
      return { isGone: false, health };
    }
    return this.#ask(health);
  }

  async #ask(
    health: ReflectorHealth,
  ): Promise<{ isGone: boolean; health: ReflectorHealth }> {
    try {
      this.#isGone = !(await isServed(
        this.#connection,
        this.#resource,
        this.#signal,
      ));
      return { isGone: this.#isGone, health };
    } catch (error) {
      if (!(error instanceof ClusterReadError) || health.state === 'ok') {
        throw error;
      }
      const message = `${health.message}, and the cluster does not say what it serves: ${error.message}`;
      return { isGone: false, health: { ...health, message } };
    }
  }
}
