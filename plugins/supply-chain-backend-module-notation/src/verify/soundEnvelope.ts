import { Envelope, EnvelopeFormat } from './envelope/envelope';
import { parseEnvelope } from './envelope/parseEnvelope';
import { readPayload, TargetArtifact } from './envelope/readPayload';
import { Refused } from './Refused';
import { Certificate } from './x509/Certificate';
import { checkSigningChain } from './x509/checkSigningChain';
import { algorithmOf, verifiesSignature } from './x509/keyAlgorithm';

/** An envelope that is sound in itself: made by the key of its certificate, about the image, with a chain that holds. */
export type SoundEnvelope = { envelope: Envelope; chain: Certificate[] };

/** An envelope that could be read, with what it says it is about. */
export type ReadEnvelope = { envelope: Envelope; target: TargetArtifact };

/**
 * Reads an envelope and its payload.
 *
 * @throws Refused
 */
export function readEnvelope(
  bytes: Uint8Array,
  format: EnvelopeFormat,
): ReadEnvelope {
  const envelope = parseEnvelope(bytes, format);
  return { envelope, target: readPayload(envelope.payload) };
}

/**
 * Checks what does not depend on a trust root (L11).
 *
 * @throws Refused
 */
export function checkSoundness(
  { envelope, target }: ReadEnvelope,
  artifact: TargetArtifact,
): SoundEnvelope {
  const chain = envelope.chain.map(der => Certificate.read(der));
  checkIntegrity(envelope, chain[0]);
  checkTarget(target, artifact);
  checkSigningChain(chain);
  return { envelope, chain };
}

function checkIntegrity(
  { attributes, signed, signature }: Envelope,
  leaf: Certificate,
): void {
  const key = leaf.publicKey;
  const algorithm = algorithmOf(key);
  if (attributes.algorithm !== algorithm) {
    throw new Refused(
      'algorithmMismatch',
      `expected "${algorithm}", got "${attributes.algorithm}"`,
    );
  }
  if (!verifiesSignature({ key, algorithm, signed, signature })) {
    throw new Refused(
      'signatureMismatch',
      'its own certificate does not verify it',
    );
  }
}

function checkTarget(target: TargetArtifact, artifact: TargetArtifact): void {
  if (target.digest !== artifact.digest) {
    throw new Refused('payloadDigestMismatch', 'it covers another digest');
  }
  if (
    target.mediaType !== artifact.mediaType ||
    target.size !== artifact.size
  ) {
    throw new Refused('descriptorMismatch', 'it covers another descriptor');
  }
}
