import { VerificationError } from '@sigstore/verify';
import { ReasonCode } from 'backstage-plugin-supply-chain-common';
import { Refused } from './Refused';

type LibraryCode = VerificationError['code'];

/** What each error of `@sigstore/verify` means here. */
const REASONS: Record<LibraryCode, ReasonCode> = {
  NOT_IMPLEMENTED_ERROR: 'unsupportedAlgorithm',
  TLOG_ERROR: 'transparencyLogInvalid',
  TLOG_INCLUSION_PROOF_ERROR: 'transparencyLogInvalid',
  TLOG_INCLUSION_PROMISE_ERROR: 'transparencyLogInvalid',
  TLOG_MISSING_INCLUSION_ERROR: 'transparencyLogInvalid',
  TLOG_BODY_ERROR: 'transparencyLogMismatch',
  CERTIFICATE_ERROR: 'certificateInvalid',
  PUBLIC_KEY_ERROR: 'keyNotValidNow',
  SIGNATURE_ERROR: 'signatureMismatch',
  TIMESTAMP_ERROR: 'timestampInvalid',
};

/**
 * Runs the library. Its own errors become refusals; what else it throws on hostile input (`TypeError`, errors of
 * OpenSSL) becomes the reason given.
 *
 * @throws Refused
 */
export function runLibrary<T>(task: () => T, otherwise: ReasonCode): T {
  try {
    return task();
  } catch (error) {
    if (error instanceof Refused) {
      throw error;
    }
    throw new Refused(
      error instanceof VerificationError ? reasonOf(error) : otherwise,
      (error as Error).message,
    );
  }
}

function reasonOf(error: VerificationError): ReasonCode {
  // The library wraps the cause of a bad chain; its errors about signed certificate timestamps have none.
  return error.code === 'CERTIFICATE_ERROR' && error.cause === undefined
    ? 'certificateTimestampInvalid'
    : REASONS[error.code];
}
