import { Refused } from '../Refused';

/** Bits in their order: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3 */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/** What a key may be used for. */
export type KeyUsage = (typeof KEY_USAGES)[number];

/**
 * Reads the bits of a key usage extension.
 *
 * @throws Refused
 */
export function readKeyUsage(parsed: unknown): Set<KeyUsage> {
  const bytes = (
    parsed as { valueBlock?: { valueHexView?: unknown } } | undefined
  )?.valueBlock?.valueHexView;
  if (!(bytes instanceof Uint8Array)) {
    throw new Refused('certificateInvalid', 'the key usage cannot be read');
  }
  return new Set(
    KEY_USAGES.filter((_, bit) => {
      const byte = bytes[Math.floor(bit / 8)] ?? 0;
      return Math.floor(byte / 2 ** (7 - (bit % 8))) % 2 === 1;
    }),
  );
}
