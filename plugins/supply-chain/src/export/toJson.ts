const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]/gu;

function unicodeEscapes(character: string): string {
  // A newline outside a string is ours; inside one JSON.stringify has already escaped it.
  return character === '\n'
    ? character
    : Array.from(
        { length: character.length },
        (_, index) =>
          `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
      ).join('');
}

/**
 * JSON of the rows as they are; characters that are not seen are written as escapes, which every reader undoes (L32).
 */
export function toJson(rows: unknown): string {
  return `${JSON.stringify(rows, null, 2).replace(UNSEEN, unicodeEscapes)}\n`;
}
