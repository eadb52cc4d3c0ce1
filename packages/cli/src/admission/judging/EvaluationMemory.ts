import { PooledEvaluation } from 'backstage-plugin-supply-chain-node/evaluation';

/** Evaluations by everything they depend on, until the clock alone would change them (L20). */
export class EvaluationMemory {
  readonly #entriesMax: number;
  readonly #entries = new Map<
    string,
    { evaluation: PooledEvaluation; until: number }
  >();

  static create(options: { entriesMax: number }): EvaluationMemory {
    return new EvaluationMemory(options.entriesMax);
  }

  private constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  get(key: string, now: Date): PooledEvaluation | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.until <= now.getTime()) {
      return undefined;
    }
    return entry.evaluation;
  }

  /** What was not decided is asked again (L19). */
  remember(key: string, evaluation: PooledEvaluation): void {
    if (!evaluation.decided) {
      return;
    }
    const until = Math.min(
      ...evaluation.verdicts.map(({ nextChangeAt }) =>
        nextChangeAt ? Date.parse(nextChangeAt) : Infinity,
      ),
    );
    this.#entries.delete(key);
    this.#entries.set(key, { evaluation, until });
    if (this.#entries.size > this.#entriesMax) {
      this.#entries.delete(this.#entries.keys().next().value as string);
    }
  }
}
