import {
  ReasonCode,
  TufReference,
  TufTarget,
} from 'backstage-plugin-supply-chain-common';

/**
 * Why nothing can be taken from a TUF repository now.
 *
 * @public
 */
export type TufProblem = {
  ok: false;
  code: Extract<
    ReasonCode,
    | 'tufUnreachable'
    | 'tufAddressRefused'
    | 'tufExpired'
    | 'tufRefused'
    | 'tufTargetMissing'
  >;
  /** One English sentence; quotes the mirror, so hostile (L32). */
  message: string;
};

/**
 * What a TUF repository gives, or why it gives nothing.
 *
 * @public
 */
export type TufReading = { ok: true; target: TufTarget } | TufProblem;

/**
 * Reads the trusted root of TUF repositories.
 *
 * @public
 */
export interface TufReader {
  /**
   * Asks the mirror, or answers with what it said shortly before. Never throws.
   *
   * @param options - `previous` is what was taken last: a mirror that goes back behind it is refused.
   */
  read(
    reference: TufReference,
    options: { previous?: TufTarget; signal?: AbortSignal },
  ): Promise<TufReading>;
}
