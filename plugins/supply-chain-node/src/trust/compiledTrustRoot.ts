import type { KeyObject } from 'node:crypto';
import type { TrustMaterial } from '@sigstore/verify';
import {
  IdentityPattern,
  ReasonCode,
  Requirement,
} from 'backstage-plugin-supply-chain-common';

/**
 * The kinds of public keys that can verify a signature.
 *
 * @public
 */
export type TrustedKeyAlgorithm =
  | 'rsa'
  | 'ecdsa-p256'
  | 'ecdsa-p384'
  | 'ecdsa-p521'
  | 'ed25519';

/**
 * A public key, read and found strong enough.
 *
 * @public
 */
export type TrustedKey = {
  publicKey: KeyObject;
  algorithm: TrustedKeyAlgorithm;
  /** `sha256:` and the hex SHA-256 of the key's DER (SPKI). */
  fingerprint: string;
};

/**
 * A key of a trust root with its period of validity.
 *
 * @public
 */
export type CompiledKey = TrustedKey & { notBefore?: Date; notAfter?: Date };

/**
 * Authorities of a Sigstore trusted root: certificate and timestamp authorities and both kinds of log.
 *
 * @public
 */
export type SigstoreAuthorities = Omit<TrustMaterial, 'publicKey'>;

/**
 * What a trust root wants of every signature (L14).
 *
 * @public
 */
export type CompiledRequirements = {
  transparencyLog: Requirement;
  timestamps: Requirement;
  signedCertificateTimestamps: Requirement;
};

/**
 * A TrustRoot document, turned into verification material.
 *
 * @public
 */
export type CompiledTrustRoot = {
  name: string;
  /** Digest of the document. */
  digest: string;
  requirements: CompiledRequirements;
} & (
  | {
      type: 'keys';
      keys: CompiledKey[];
      /** Absent when neither log nor timestamps are looked at. */
      authorities?: SigstoreAuthorities;
    }
  | {
      type: 'sigstore';
      authorities: SigstoreAuthorities;
      identities: IdentityPattern[];
      /** Equal for roots with the same authorities and requirements: what was verified for one holds for the other. */
      materialId: string;
    }
);

/**
 * Why a trust root cannot be used.
 *
 * @public
 */
export type TrustProblem = {
  ok: false;
  reason: Extract<
    ReasonCode,
    | 'keyUnreadable'
    | 'trustedRootUnreadable'
    | 'trustStoreInvalid'
    | 'patternInvalid'
    | 'documentValueInvalid'
  >;
  message: string;
};

/**
 * A value, or why there is none.
 *
 * @public
 */
export type TrustResult<T> = { ok: true; value: T } | TrustProblem;
