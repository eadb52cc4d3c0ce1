/**
 * Characters that are not seen or that move what is seen: controls, format characters (the bidirectional ones
 * among them), line and paragraph separators, lone surrogates, and letters without a shape (L32).
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** One line of text from outside for a terminal: what would not be seen, or would move the rest, is written out. */
export function escapeLine(text: string): string {
  return text.replace(
    UNSEEN,
    character => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}

/** JSON with line breaks of its own: the same characters as JSON writes them, so that parsing gives the text back. */
export function escapeJson(json: string): string {
  return json
    .split('\n')
    .map(line => line.replace(UNSEEN, escapeUnits))
    .join('\n');
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) =>
    character.charCodeAt(index).toString(16).padStart(4, '0'),
  )
    .map(unit => `\\u${unit}`)
    .join('');
}
