import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/** Thrown inside this folder where a signature is refused; `verifyEnvelope` turns it into a value. */
export class Refused extends Error {
  constructor(readonly reason: ReasonCode, message: string) {
    super(message);
    this.name = 'Refused';
  }
}

/** A value, or the reason why there is none. */
export type Outcome<T> =
  | { ok: true; value: T }
  | { ok: false; reason: ReasonCode };

/** Runs a task; an error that nobody foresaw comes from bytes that cannot be read. */
export function attempt<T>(task: () => T): Outcome<T> {
  try {
    return { ok: true, value: task() };
  } catch (error) {
    const reason =
      error instanceof Refused ? error.reason : 'malformedEnvelope';
    return { ok: false, reason };
  }
}
