/** Items of an envelope with its headers and certificates: less than a hundred. */
const MAX_ITEMS = 1024;

const BYTES = 2;
const TEXT = 3;
/** How many bytes the argument of a head has, by what stands in its first byte. */
const ARGUMENT_LENGTHS: ReadonlyMap<number, number> = new Map([
  [24, 1],
  [25, 2],
  [26, 4],
  [27, 8],
]);

/**
 * Whether bytes hold no more items of CBOR than are worth reading: a parser allocates for each of them, and a quarter
 * of a million empty lists fit into an envelope.
 */
export function isReasonableCbor(bytes: Uint8Array): boolean {
  let offset = 0;
  for (let items = 0; offset < bytes.length; items += 1) {
    const major = Math.floor(bytes[offset] / 32);
    const info = bytes[offset] % 32;
    const argumentLength = ARGUMENT_LENGTHS.get(info) ?? 0;
    // From 28 on: reserved, or of unknown length.
    if (items >= MAX_ITEMS || info > 27) {
      return false;
    }
    const start = offset + 1 + argumentLength;
    const argument = bytes
      .subarray(offset + 1, start)
      .reduce((sum, byte) => sum * 0x100 + byte, 0);
    const hasContent = major === BYTES || major === TEXT;
    const contentLength = argumentLength === 0 ? info : argument;
    offset = hasContent ? start + contentLength : start;
  }
  return true;
}
