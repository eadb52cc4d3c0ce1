const ALPHABETS = {
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
  base64url: /^[A-Za-z0-9_-]+$/,
} as const;

/**
 * The bytes of a text in base64 (RFC 4648, section 4) or base64url without padding (RFC 7515, section 2), or
 * `undefined`. Node's own decoder takes either alphabet and skips what it does not know, so that many texts stand for
 * the same bytes; here there is exactly one.
 */
export function decodeBase64(
  text: string,
  encoding: keyof typeof ALPHABETS,
): Buffer | undefined {
  if (!ALPHABETS[encoding].test(text)) {
    return undefined;
  }
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}
