import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/** Why something is not done about a waiver. */
export type WaiverRefusal = {
  /**
   * - `invalid`: what was sent is not right.
   * - `notAllowed`: this person may not.
   * - `conflict`: it cannot be done as things stand.
   */
  kind: 'invalid' | 'notAllowed' | 'conflict';
  code: ReasonCode;
  /** One English sentence. */
  message: string;
};

/** What was done, or why it was not. */
export type WaiverResult<T> =
  | ({ done: true } & T)
  | { done: false; refusal: WaiverRefusal };

/** A {@link WaiverResult} that says no. */
export function refused(
  kind: WaiverRefusal['kind'],
  code: ReasonCode,
  message: string,
): { done: false; refusal: WaiverRefusal } {
  return { done: false, refusal: { kind, code, message } };
}
