import { Refused } from '../Refused';
import { Envelope, ENVELOPE_MAX_BYTES, EnvelopeFormat } from './envelope';
import { parseCose } from './parseCose';
import { parseJws } from './parseJws';

/**
 * Reads an envelope of the format its layer says it has.
 *
 * @throws Refused
 */
export function parseEnvelope(
  bytes: Uint8Array,
  format: EnvelopeFormat,
): Envelope {
  if (bytes.length > ENVELOPE_MAX_BYTES) {
    throw new Refused(
      'malformedEnvelope',
      `expected at most ${ENVELOPE_MAX_BYTES} bytes, got ${bytes.length}`,
    );
  }
  return format === 'jws' ? parseJws(bytes) : parseCose(bytes);
}
