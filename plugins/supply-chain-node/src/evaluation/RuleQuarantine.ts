import { FailedRule } from 'backstage-plugin-supply-chain-common';
import { RuleOfPolicy } from './messages';

/** After this many images within the duration, a rule is not tried on the next one. */
const FAILURES_BEFORE = 3;
const DURATION_MS = 60_000;

/**
 * Rules that failed on image after image: each try costs its whole deadline and a thread, and with it the time of every
 * other rule. For a minute after the third time they cannot tell, without being tried.
 */
export class RuleQuarantine {
  /** When each rule failed last, the latest at the end. */
  readonly #failures = new Map<string, number[]>();
  readonly #elapsedMs: () => number;

  /** @param elapsedMs - a clock that never goes back */
  constructor(elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs;
  }

  /** Takes note that a rule failed on an image. */
  failed(rule: RuleOfPolicy): void {
    const key = keyOf(rule);
    this.#failures.set(key, [...this.#recent(key), this.#elapsedMs()]);
  }

  /** Which of the rules are not to be tried now. */
  among(rules: readonly RuleOfPolicy[]): FailedRule[] {
    return rules
      .filter(rule => this.#recent(keyOf(rule)).length >= FAILURES_BEFORE)
      .map(({ policy, rule }) => ({
        policy: policy.name,
        rule: rule.id,
        reason: 'ruleTimeout',
      }));
  }

  #recent(key: string): number[] {
    const all = this.#failures.get(key);
    if (!all) {
      return [];
    }
    const recent = all.filter(at => this.#elapsedMs() - at < DURATION_MS);
    if (recent.length === 0) {
      this.#failures.delete(key);
    }
    return recent;
  }
}

function keyOf({ policy, rule }: RuleOfPolicy): string {
  return JSON.stringify([policy.digest, rule.id]);
}
