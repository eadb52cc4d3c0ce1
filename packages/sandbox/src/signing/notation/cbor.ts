/** A value of CBOR (RFC 8949), as far as COSE needs it. */
export type CborValue =
  | number
  | string
  | Buffer
  | CborValue[]
  | CborMap
  | CborTag;

/** A map; in its order, and a key may stand twice. */
export class CborMap {
  constructor(readonly entries: [CborValue, CborValue][]) {}
}

/** A value with a tag. */
export class CborTag {
  constructor(readonly tag: number, readonly value: CborValue) {}
}

const MAJOR = {
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  list: 4,
  map: 5,
  tag: 6,
} as const;

/** Writes a value, each length in its shortest form. */
export function encodeCbor(value: CborValue): Buffer {
  if (typeof value === 'number') {
    return value < 0
      ? head(MAJOR.negative, -1 - value)
      : head(MAJOR.unsigned, value);
  }
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8');
    return Buffer.concat([head(MAJOR.text, bytes.length), bytes]);
  }
  if (Buffer.isBuffer(value)) {
    return Buffer.concat([head(MAJOR.bytes, value.length), value]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([
      head(MAJOR.list, value.length),
      ...value.map(encodeCbor),
    ]);
  }
  if (value instanceof CborMap) {
    return Buffer.concat([
      head(MAJOR.map, value.entries.length),
      ...value.entries.flat().map(encodeCbor),
    ]);
  }
  return Buffer.concat([head(MAJOR.tag, value.tag), encodeCbor(value.value)]);
}

function head(major: number, length: number): Buffer {
  const first = major * 32;
  if (length < 24) {
    return Buffer.from([first + length]);
  }
  if (length < 0x100) {
    return Buffer.from([first + 24, length]);
  }
  const bytes = Buffer.alloc(length < 0x10000 ? 3 : 5);
  bytes[0] = first + (length < 0x10000 ? 25 : 26);
  bytes.writeUIntBE(length, 1, bytes.length - 1);
  return bytes;
}
