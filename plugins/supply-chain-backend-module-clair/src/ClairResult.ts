import { ReasonCode, shortText } from 'backstage-plugin-supply-chain-common';

/**
 * Why Clair could not be asked, or could not answer. The message quotes it: hostile text (L32).
 *
 * @public
 */
export type ClairFailure = {
  ok: false;
  reason: ReasonCode;
  message: string;
  /** How long it asks to wait. */
  waitMs?: number;
  /** It knows no finished index of this image. */
  notIndexed?: boolean;
  /** It was indexed, and what failed came after. */
  isIndexed?: boolean;
};

/**
 * An answer of Clair as a value.
 *
 * @public
 */
export type ClairResult<T> = { ok: true; value: T } | ClairFailure;

/** Builds a failure. What Clair quotes of addresses may hold permissions of stores, so it is cut out. */
export function clairFailure(
  reason: ReasonCode,
  message: string,
  extra: Pick<ClairFailure, 'waitMs' | 'notIndexed'> = {},
): ClairFailure {
  return {
    ok: false,
    reason,
    message: shortText(withoutSecrets(message.slice(0, 4_096)), 500) ?? '',
    ...(extra.waitMs !== undefined && { waitMs: extra.waitMs }),
    ...(extra.notIndexed && { notIndexed: true }),
  };
}

function withoutSecrets(text: string): string {
  return text
    .replace(/(https?:\/\/[^\s"'?]{1,1024})\?[^\s"']*/gi, '$1?…')
    .replace(/\b(Bearer|Basic)\s+[^\s"']+/gi, '$1 …');
}
