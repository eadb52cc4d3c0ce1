/** A text as PostgreSQL keeps it: without NUL, so that one report does not keep the others from being written. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}
