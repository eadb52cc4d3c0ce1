import { sha256 as portableSha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { configure } from 'safe-stable-stringify';

/**
 * SHA-256 over the UTF-8 bytes of a text, as lower-case hexadecimal. A platform with its own takes a tenth of the time of
 * the portable one.
 *
 * @public
 */
export type Sha256 = (text: string) => string;

/** Keys in the order of their UTF-16 units (RFC 8785 section 3.2.3); what JSON cannot hold is an error. */
const canonicalText = configure({ deterministic: true, strict: true });

/**
 * `sha256:` over the canonical JSON of a value: the same content has the same digest, whatever the order of its keys (L20).
 *
 * @param sha256 - portable by default
 * @see https://www.rfc-editor.org/rfc/rfc8785
 * @public
 */
export function canonicalDigest(
  value: object,
  sha256: Sha256 = hexOfPortable,
): string {
  const text = canonicalText(value);
  if (text === undefined) {
    throw new TypeError('Expected a value that JSON can hold');
  }
  return `sha256:${sha256(text)}`;
}

function hexOfPortable(text: string): string {
  return bytesToHex(portableSha256(utf8ToBytes(text)));
}
