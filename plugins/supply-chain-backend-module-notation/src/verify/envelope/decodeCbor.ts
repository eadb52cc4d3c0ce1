import { decode, Tag } from 'cbor2';
import { Refused } from '../Refused';
import { isReasonableCbor } from './isReasonableCbor';

/** Headers, a list of certificates in them and a tag around each value: far less than this. */
const MAX_DEPTH = 8;

/**
 * Reads one CBOR value and nothing after it. Lengths are definite, keys stand once, tags stay as they are.
 *
 * @throws Refused
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  if (!isReasonableCbor(bytes)) {
    throw new Refused('malformedEnvelope', 'expected fewer items of CBOR');
  }
  try {
    return decode(bytes, {
      rejectDuplicateKeys: true,
      // https://www.rfc-editor.org/rfc/rfc8949#section-3.2: parts of unknown number; nobody signs so.
      rejectStreaming: true,
      rejectFloats: true,
      rejectSimple: true,
      rejectUndefined: true,
      ignoreGlobalTags: true,
      preferMap: true,
      maxDepth: MAX_DEPTH,
    });
  } catch (error) {
    throw new Refused('malformedEnvelope', (error as Error).message);
  }
}

/** The value under a tag, or `undefined` when it is not under this one. */
export function untag(value: unknown, tag: number): unknown {
  return value instanceof Tag && value.tag === tag ? value.contents : undefined;
}
