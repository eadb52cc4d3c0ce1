// Writes DER (ITU-T X.690), so that what is signed here is made by other code than what reads it.

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const NULL = 0x05;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const CONTEXT = 0xa0;
const CONTEXT_PRIMITIVE = 0x80;

/** One element: its tag, its length, its contents one after the other. */
export function derElement(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) {
    return Buffer.from([length]);
  }
  const bytes = bytesOf(BigInt(length));
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** A list in its order. */
export function derSequence(...contents: Buffer[]): Buffer {
  return derElement(SEQUENCE, ...contents);
}

/** A set; DER sorts it. */
export function derSet(...contents: Buffer[]): Buffer {
  return derElement(SET, ...[...contents].sort(Buffer.compare));
}

/** A context tag around whole elements. */
export function derExplicit(tag: number, ...contents: Buffer[]): Buffer {
  return derElement(CONTEXT | tag, ...contents);
}

/** A context tag in place of the tag of a primitive element. */
export function derImplicit(tag: number, content: Buffer): Buffer {
  return derElement(CONTEXT_PRIMITIVE | tag, content);
}

/** A number that is not negative. */
export function derInteger(value: bigint | number): Buffer {
  const bytes = bytesOf(BigInt(value));
  // The first bit is the sign.
  const sign = bytes[0] >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0);
  return derElement(INTEGER, sign, bytes);
}

/** The contents of {@link derInteger}, for an implicit tag. */
export function derIntegerContent(value: number): Buffer {
  return derInteger(value).subarray(2);
}

export function derBoolean(value: boolean): Buffer {
  return derElement(BOOLEAN, Buffer.from([value ? 0xff : 0x00]));
}

export function derNull(): Buffer {
  return derElement(NULL);
}

export function derOctets(content: Buffer): Buffer {
  return derElement(OCTET_STRING, content);
}

/** Whole bytes, unless some bits of the last one are said not to count. */
export function derBits(content: Buffer, unusedBits = 0): Buffer {
  return derElement(BIT_STRING, Buffer.from([unusedBits]), content);
}

export function derText(text: string): Buffer {
  return derElement(UTF8_STRING, Buffer.from(text, 'utf8'));
}

/** A point in time as certificates write it (RFC 5280, section 4.1.2.5). */
export function derTime(time: Date): Buffer {
  const text = compact(time);
  return time.getUTCFullYear() < 2050
    ? derElement(UTC_TIME, Buffer.from(text.slice(2)))
    : derElement(GENERALIZED_TIME, Buffer.from(text));
}

/** A point in time with four digits for the year. */
export function derGeneralizedTime(time: Date): Buffer {
  return derElement(GENERALIZED_TIME, Buffer.from(compact(time)));
}

function compact(time: Date): string {
  return time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
}

/** An object identifier in dots. */
export function derOid(text: string): Buffer {
  const [first, second, ...others] = text.split('.').map(Number);
  return derElement(
    OBJECT_IDENTIFIER,
    Buffer.concat([first * 40 + second, ...others].map(base128)),
  );
}

function base128(value: number): Buffer {
  const groups = [value % 128];
  for (
    let rest = Math.floor(value / 128);
    rest > 0;
    rest = Math.floor(rest / 128)
  ) {
    groups.unshift(0x80 | rest % 128);
  }
  return Buffer.from(groups);
}
