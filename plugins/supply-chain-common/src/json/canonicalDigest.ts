import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import canonicalize from 'canonicalize';

/**
 * `sha256:` over the canonical JSON of a value: the same content has the same digest, whatever the order of its keys (L20).
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785
 * @public
 */
export function canonicalDigest(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError('Expected a value that JSON can hold');
  }
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}
