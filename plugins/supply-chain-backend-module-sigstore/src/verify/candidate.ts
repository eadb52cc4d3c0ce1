import type { TransparencyLogEntry } from '@sigstore/bundle';
import { SignedBytes } from './SignedBytes';

/**
 * Annotations of a layer in cosign's old format, already limited in size by the manifest they stand in.
 *
 * https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 */
export type LayerAnnotations = Readonly<Record<string, unknown>>;

/** Bytes that may be a signature or an attestation, in one of the forms they are stored in. */
export type Candidate =
  | {
      form: 'bundle';
      bytes: Uint8Array;
      /** The manifest that is looked at: what a message signature in a bundle would cover. */
      artifact?: Uint8Array;
    }
  | {
      form: 'simpleSigning';
      payload: Uint8Array;
      annotations: LayerAnnotations;
    }
  | {
      form: 'envelope';
      bytes: Uint8Array;
      annotations: LayerAnnotations;
    };

/** What a bundle says its signature is verified with. */
export type SigningMaterial =
  | { type: 'key' }
  | { type: 'certificate'; der: Buffer };

/** The payload, before anything in it is believed. */
export type CandidatePayload =
  | { type: 'simpleSigning'; bytes: Buffer }
  | { type: 'envelope'; payloadType: string; bytes: Buffer }
  | { type: 'artifact'; bytes: Buffer };

/** A candidate in one shape, whatever form it had. */
export type ParsedCandidate = {
  content: SignedBytes;
  payload: CandidatePayload;
  /** The envelope as it is stored, where it is stored by itself. */
  envelope?: Buffer;
  material: SigningMaterial;
  logEntries: TransparencyLogEntry[];
  /** RFC 3161 responses, DER. */
  timestampTokens: Buffer[];
};
