/** Names of Kubernetes, registries and scanners are no longer. PostgreSQL indexes 2,704 bytes, which hold three of them. */
export const MAXIMUM_NAME = 255;

/** References of images are no longer, tag and digest included. */
export const MAXIMUM_REFERENCE = 1_024;

/** Enough to say what was wrong. */
const MAXIMUM_MESSAGE = 2_000;

/**
 * A text as PostgreSQL keeps it: without NUL and halves of characters, and not too long, so that one report does not keep
 * the others from being written. What was cut ends with a character that no name has, and is the name of nothing else.
 */
export function storable(text: string, maximumLength = Infinity): string {
  const kept =
    text.length > maximumLength ? `${text.slice(0, maximumLength - 1)}…` : text;
  return kept.replaceAll('\u0000', '\ufffd').replace(/\p{Cs}/gu, '\ufffd');
}

/** A name, as {@link storable}. */
export function storableName(name: string): string {
  return storable(name, MAXIMUM_NAME);
}

/** What was wrong, as {@link storable}. */
export function storableMessage(message: string | undefined): string | null {
  return message === undefined ? null : storable(message, MAXIMUM_MESSAGE);
}
