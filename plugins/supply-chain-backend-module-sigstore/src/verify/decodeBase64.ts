const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The bytes of a base64 text, or `undefined`. Node's own decoder skips what it does not know, so that many texts
 * stand for the same bytes; here there is exactly one (RFC 4648, section 4).
 */
export function decodeBase64(text: string): Buffer | undefined {
  if (!BASE64.test(text)) {
    return undefined;
  }
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** Whether a text is base64 in its one spelling. */
export function isStrictBase64(text: string): boolean {
  return decodeBase64(text) !== undefined;
}
