import { createHash } from 'node:crypto';
import { canonicalize } from '@tufjs/canonical-json';
import { ZodError } from 'zod';
import {
  Digest,
  parseDigest,
  parseStrictJson,
} from 'backstage-plugin-supply-chain-common';
import { decodeBase64 } from './decodeBase64';
import {
  FileMeta,
  FileSignature,
  FileType,
  SIGNED_SHAPES,
  SignedPart,
  signaturesShape,
} from './fileShapes';
import { JSON_MAX_DEPTH, STRUCTURE_MAX } from './limits';
import { Refused } from './Refused';

/**
 * One file of trust data: read, and not yet verified.
 */
export class TrustFile<T extends FileType> {
  /** The bytes as they came. */
  readonly bytes: Uint8Array;
  /** What it says. */
  readonly signed: SignedPart<T>;
  /** The bytes that were signed: canonical JSON of what was parsed, never of what was written. */
  readonly signedBytes: Buffer;
  readonly signatures: FileSignature[];

  /**
   * Reads a file.
   *
   * @throws Refused `trustDataMalformed`
   */
  static read<T extends FileType>(
    type: T,
    bytes: Uint8Array,
    maxBytes: number,
  ): TrustFile<T> {
    try {
      return new TrustFile(type, bytes, maxBytes);
    } catch (error) {
      const refused = new Refused('trustDataMalformed', messageOf(error));
      refused.carrier = digestOf(bytes);
      throw refused;
    }
  }

  private constructor(type: T, bytes: Uint8Array, maxBytes: number) {
    checkStructure(bytes);
    const json = parseStrictJson(bytes, { maxBytes, maxDepth: JSON_MAX_DEPTH });
    if (!json.ok) {
      throw new TypeError(json.message);
    }
    const { signed, signatures } = json.value as Record<string, unknown>;
    this.bytes = bytes;
    this.signed = SIGNED_SHAPES[type].parse(signed) as SignedPart<T>;
    this.signatures = signaturesShape.parse(signatures);
    this.signedBytes = encode(signed);
  }

  /** SHA-256 of the file. */
  get digest(): Digest {
    return digestOf(this.bytes);
  }

  /**
   * Refuses a file past its date.
   *
   * @throws Refused `trustDataExpired`
   */
  checkExpiry(now: Date): void {
    const { _type, expires } = this.signed;
    if (now >= expires) {
      throw this.refuse(
        'trustDataExpired',
        `${_type} expired ${expires.toISOString()}`,
      );
    }
  }

  /** A refusal with this file at fault. */
  refuse(reason: Refused['reason'], message: string): Refused {
    const refused = new Refused(reason, message);
    refused.carrier = this.digest;
    return refused;
  }
}

/** SHA-256 of bytes. */
function digestOf(bytes: Uint8Array): Digest {
  const hex = createHash('sha256').update(bytes).digest('hex');
  return parseDigest(`sha256:${hex}`)!;
}

/**
 * Refuses a file that is not the one another describes: every hash that is stated must be right, and one must be.
 *
 * @throws Refused `trustDataMixed`
 */
export function checkDescribed(bytes: Uint8Array, meta: FileMeta): void {
  const stated = (['sha256', 'sha512'] as const).flatMap(algorithm => {
    const text = meta.hashes[algorithm];
    return text === undefined ? [] : [{ algorithm, text }];
  });
  const isRight = stated.every(
    ({ algorithm, text }) =>
      createHash(algorithm).update(bytes).digest('base64') === text,
  );
  if (stated.length === 0 || !isRight || bytes.length !== meta.length) {
    const refused = new Refused(
      'trustDataMixed',
      'a file has not the length and hashes another states',
    );
    refused.carrier = digestOf(bytes);
    throw refused;
  }
}

/** Hex SHA-256 by which a described file can be asked for; `undefined` when it is not described by one. */
export function hexOf(meta: FileMeta): string | undefined {
  const bytes = decodeBase64(meta.hashes.sha256 ?? '');
  return bytes?.length === 32 ? bytes.toString('hex') : undefined;
}

const STRUCTURE = new Set(Buffer.from(',:[{'));

/** Counted before anything is parsed: a million empty lists fit in the bytes of a root. */
function checkStructure(bytes: Uint8Array): void {
  let count = 0;
  for (const byte of bytes) {
    if (STRUCTURE.has(byte)) {
      count += 1;
    }
  }
  if (count > STRUCTURE_MAX) {
    throw new TypeError(
      `expected at most ${STRUCTURE_MAX} elements, got up to ${count}`,
    );
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ZodError) {
    const [{ path, message }] = error.issues;
    return `${path.join('.')}: ${message}`;
  }
  return (error as Error).message;
}

function encode(signed: unknown): Buffer {
  const text = canonicalize(signed);
  const bytes = Buffer.from(text, 'utf8');
  // Half a surrogate pair becomes the replacement character: two documents would have the same bytes.
  if (bytes.toString('utf8') !== text) {
    throw new TypeError('expected well-formed Unicode');
  }
  return bytes;
}
