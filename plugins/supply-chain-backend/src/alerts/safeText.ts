/** Control, format and bidirectional characters: they can make a text read as another (L32). */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const MAXIMUM_TEXT = 300;

/** A text for a notification, short and with everything that cannot be seen escaped. */
export function safeText(text: string): string {
  const escaped = text.replace(
    UNSAFE,
    character =>
      `\\u{${character.codePointAt(0)!.toString(16).padStart(4, '0')}}`,
  );
  return escaped.length > MAXIMUM_TEXT
    ? `${escaped.slice(0, MAXIMUM_TEXT - 1)}…`
    : escaped;
}
