import { SourcePart, SourceReport } from '../../feeds';
import { ReflectorHealth } from '../ReflectorHealth';

type Report = Omit<SourceReport, 'kind' | 'name'>;
type Part = { health: ReflectorHealth; isInstalled: boolean };
type Trouble = Exclude<ReflectorHealth, { state: 'ok' }>;

/**
 * One report of a cluster from the health of the resources its reports are read by. Hardly a cluster has all of them: one
 * that is not installed is no trouble, and none installed is a state of its own.
 *
 * @internal
 */
export class ReportHealth {
  readonly #parts: Map<string, Part | undefined>;
  readonly #report: (report: Report) => Promise<void>;

  constructor(options: {
    parts: readonly string[];
    report: (report: Report) => Promise<void>;
  }) {
    this.#parts = new Map(options.parts.map(part => [part, undefined]));
    this.#report = options.report;
  }

  /**
   * @param options - `isInstalled` of one that is missing where it was before: that may be a 404 on the way.
   */
  async update(
    part: string,
    health: ReflectorHealth,
    options: { isInstalled?: boolean } = {},
  ): Promise<void> {
    const { isInstalled = !isMissing(health) } = options;
    this.#parts.set(part, { health, isInstalled });
    await this.#report({
      ...this.#combined(),
      parts: [...this.#parts].map(([name, each]) => partOf(name, each)),
    });
  }

  #combined(): Report {
    const all = [...this.#parts.values()];
    const installed = all
      .filter(part => part?.isInstalled ?? true)
      .map(part => part?.health);
    if (installed.length === 0) {
      const missing = all.map(part => part?.health).filter(isTrouble);
      return { state: 'notInstalled', ...earliest(missing) };
    }
    const troubles = installed.filter(isTrouble);
    if (troubles.length === 0) {
      return { state: installed.includes(undefined) ? 'starting' : 'ok' };
    }
    const [first] = troubles;
    const same = troubles.filter(({ reason }) => reason === first.reason);
    const down = installed.every(health => health?.state === 'down');
    return {
      state: down ? 'down' : 'degraded',
      reason: first.reason,
      // For a missing right these are its verb and resource: whoever grants them wants all of them.
      message: [...new Set(same.map(({ message }) => message))].join(', '),
      ...earliest(troubles),
    };
  }
}

/**
 * Whether a look found no such resource.
 *
 * @internal
 */
export function isMissing(health: ReflectorHealth): boolean {
  return health.state === 'down' && health.reason === 'resourceMissing';
}

function partOf(name: string, part: Part | undefined): SourcePart {
  if (part && !part.isInstalled) {
    return { name, state: 'notInstalled' };
  }
  const health = part?.health;
  return health && isTrouble(health)
    ? {
        name,
        state: health.state,
        reason: health.reason,
        message: health.message,
      }
    : { name, state: health ? 'ok' : 'starting' };
}

function isTrouble(health: ReflectorHealth | undefined): health is Trouble {
  return health !== undefined && health.state !== 'ok';
}

function earliest(troubles: Trouble[]): Pick<Report, 'nextTryAt'> {
  const [nextTryAt] = troubles.flatMap(each => each.nextTryAt ?? []).sort();
  return nextTryAt ? { nextTryAt } : {};
}
