import { ASN1Obj } from '@sigstore/core';

const LONG_FORM = 0x80;

/**
 * Writes an object as DER. The same bytes as the library's own `toDER`, which allocates a kilobyte or two for every
 * node of the tree and takes longer than the signatures it prepares.
 *
 * @public
 */
export function encodeDer(object: ASN1Obj): Buffer {
  const value =
    object.subs.length > 0
      ? Buffer.concat(object.subs.map(encodeDer))
      : object.value;
  return Buffer.concat([headerOf(object.tag.toDER(), value.length), value]);
}

function headerOf(tag: number, length: number): Buffer {
  if (length < LONG_FORM) {
    return Buffer.from([tag, length]);
  }
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest % 256);
  }
  return Buffer.from([tag, LONG_FORM + bytes.length, ...bytes]);
}
