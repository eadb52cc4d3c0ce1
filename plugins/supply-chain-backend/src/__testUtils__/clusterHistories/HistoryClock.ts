import { setImmediate } from 'node:timers/promises';
import { Clock } from 'backstage-plugin-supply-chain-node/clusters';

/** Turns of the event loop without activity after which nothing is under way on this machine any more. */
const IDLE_TURNS = 12;

type Timer = { atMs: number; callback: () => void };

/**
 * A clock that stands until it is set forward. Between two timers everything that can go on without time goes on: the
 * requests to the fake server and the writes to the database, which both run in this process.
 */
export class HistoryClock implements Clock {
  #nowMs = Date.parse('2026-11-24T08:00:00Z');
  readonly #timers = new Set<Timer>();
  #activity = 0;

  now = () => new Date(this.#nowMs);
  random = () => 0.5;

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    this.noteActivity();
    return () => {
      this.#timers.delete(timer);
      this.noteActivity();
    };
  }

  /** Called for whatever shows that work is under way. */
  noteActivity(): void {
    this.#activity += 1;
  }

  /** Some turns of the event loop: work goes on, and need not have ended. */
  async breathe(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) {
      await setImmediate();
    }
  }

  /** Lets everything go on until it waits for time. */
  async settle(): Promise<void> {
    let seen = -1;
    let idle = 0;
    while (idle < IDLE_TURNS) {
      await setImmediate();
      idle = this.#activity === seen ? idle + 1 : 0;
      seen = this.#activity;
    }
  }

  /** Lets time pass, timer by timer. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await this.settle();
    for (let due = this.#due(endMs); due; due = this.#due(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      this.#timers.delete(due);
      due.callback();
      await this.settle();
    }
    this.#nowMs = endMs;
  }

  #due(endMs: number): Timer | undefined {
    const [first] = [...this.#timers].sort(
      (left, right) => left.atMs - right.atMs,
    );
    return first && first.atMs <= endMs ? first : undefined;
  }
}
