/**
 * Characters that are not seen or that move what is seen: control and format characters (the
 * bidirectional ones among them), line and paragraph separators, lone surrogates, and letters
 * that have no shape (L32). Matches all of them; for `replace`.
 *
 * @public
 */
export const UNSEEN_CHARACTERS =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]/gu;

function written(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/**
 * Text from outside, made safe to show: what cannot be seen or would move other text is written out (L32).
 *
 * @public
 */
export function escapeHostileText(text: string): string {
  return text.replace(UNSEEN_CHARACTERS, written);
}

/**
 * Whether text holds something that {@link escapeHostileText} would change.
 *
 * @public
 */
export function hasUnseenCharacters(text: string): boolean {
  return escapeHostileText(text) !== text;
}
