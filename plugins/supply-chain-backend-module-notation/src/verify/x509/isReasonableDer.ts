/** Nested elements of a certificate or a timestamp; real ones stay below twenty. */
const MAX_DEPTH = 32;
/** Elements of all of it; a real timestamp with its certificates has some hundred. */
const MAX_ELEMENTS = 4096;

const CONSTRUCTED = 0x20;
const HIGH_TAG = 0x1f;

/**
 * Whether bytes are one element of DER of a size worth reading. Parsers of ASN.1 recurse and allocate for each element
 * (CVE-2025-66506), so that nothing is handed to one before this.
 */
export function isReasonableDer(bytes: Uint8Array): boolean {
  /** Ends of the elements that are open. */
  const ends: number[] = [];
  let offset = 0;
  for (
    let elements = 0;
    offset < bytes.length || elements === 0;
    elements += 1
  ) {
    const head = readHead(bytes, offset);
    const limit = ends.at(-1) ?? bytes.length;
    if (!head || head.end > limit || elements >= MAX_ELEMENTS) {
      return false;
    }
    if (ends.length === 0 && head.end !== bytes.length) {
      return false;
    }
    offset = head.isConstructed ? head.start : head.end;
    if (head.isConstructed) {
      ends.push(head.end);
    }
    if (ends.length > MAX_DEPTH) {
      return false;
    }
    while (ends.length > 0 && ends.at(-1) === offset) {
      ends.pop();
    }
  }
  return true;
}

type Head = { isConstructed: boolean; start: number; end: number };

/** One-byte tags and definite lengths in their shortest form: nothing else stands in what is read here. */
function readHead(bytes: Uint8Array, offset: number): Head | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (first === undefined || tag % 0x20 === HIGH_TAG || first === 0x80) {
    return undefined;
  }
  const isConstructed = Math.floor(tag / CONSTRUCTED) % 2 === 1;
  if (first < 0x80) {
    const start = offset + 2;
    return { isConstructed, start, end: start + first };
  }
  const count = first - 0x80;
  const start = offset + 2 + count;
  if (count > 3 || start > bytes.length) {
    return undefined;
  }
  const length = bytes
    .subarray(offset + 2, start)
    .reduce((sum, byte) => sum * 0x100 + byte, 0);
  const isShortest = length >= (count === 1 ? 0x80 : 0x100 ** (count - 1));
  return isShortest ? { isConstructed, start, end: start + length } : undefined;
}
