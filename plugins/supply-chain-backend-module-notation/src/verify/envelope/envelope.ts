/** How a signature is written. */
export type EnvelopeFormat = 'jws' | 'cose';

/** https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#algorithm-selection */
export type NotationAlgorithm =
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512';

/** Who vouches for the time: the signer's clock for nobody, that of a signing authority for those who trust it. */
export type SigningScheme = 'notary.x509' | 'notary.x509.signingAuthority';

/** What the signature covers beside the payload. */
export type SignedAttributes = {
  scheme: SigningScheme;
  /** A claim under `notary.x509`, the word of the authority under `notary.x509.signingAuthority`. */
  signingTime: Date;
  /** From then on the signature does not count. */
  expiry?: Date;
  algorithm: NotationAlgorithm;
};

/** An envelope in one shape, whatever its format; nothing in it is believed yet. */
export type Envelope = {
  attributes: SignedAttributes;
  payload: Buffer;
  /** The bytes the signature is over. */
  signed: Buffer;
  signature: Buffer;
  /** DER, from the certificate that signed to the root. */
  chain: Buffer[];
  /** DER of a TimeStampToken. */
  timestampToken?: Buffer;
};

/** Envelopes have some ten thousand bytes; the rest of an image's bytes are somewhere else. */
export const ENVELOPE_MAX_BYTES = 256 * 1024;

/** Certificates in an envelope; real ones have two to four. */
export const CHAIN_MAX = 10;
