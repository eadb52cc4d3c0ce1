import { SourceReport } from '../feeds';
import { ReflectorHealth } from './ReflectorHealth';

type Report = Omit<SourceReport, 'kind' | 'name'>;

/**
 * Makes one report of a source from the health of the parts it is read by.
 *
 * @public
 */
export class SourceHealth {
  readonly #parts = new Map<string, ReflectorHealth>();
  readonly #main: string;
  readonly #report: (report: Report) => Promise<void>;

  constructor(options: {
    /** The part without which the source is down; any other only degrades it. */
    main: string;
    report: (report: Report) => Promise<void>;
  }) {
    this.#main = options.main;
    this.#report = options.report;
  }

  async update(part: string, health: ReflectorHealth): Promise<void> {
    this.#parts.set(part, health);
    await this.#report(this.#combined());
  }

  #combined(): Report {
    const main = this.#parts.get(this.#main);
    if (!main) {
      return { state: 'starting' };
    }
    const worst =
      main.state === 'down'
        ? main
        : [main, ...this.#parts.values()].find(({ state }) => state !== 'ok');
    if (!worst || worst.state === 'ok') {
      return { state: 'ok' };
    }
    const { state, ...rest } = worst;
    return { state: worst === main ? state : 'degraded', ...rest };
  }
}
