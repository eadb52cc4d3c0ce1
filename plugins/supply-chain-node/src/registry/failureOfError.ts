import { AddressNotAllowedError } from './createCheckedLookup';
import { RegistryFailure, registryFailure } from './registryResult';

const TIMEOUT_CODES = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}

/** Turns what a connection throws into a failure. */
export function failureOfError(
  error: unknown,
  signal: AbortSignal,
): RegistryFailure {
  if (error instanceof AddressNotAllowedError) {
    return registryFailure('addressNotAllowed', error.message);
  }
  if (signal.aborted) {
    return isTimeout(signal.reason)
      ? registryFailure('registryTimeout', 'the time for the whole call ended')
      : registryFailure('lookCancelled', 'the caller cancelled');
  }
  const code = codeOf(error);
  return TIMEOUT_CODES.has(code)
    ? registryFailure('registryTimeout', `no answer in time (${code})`)
    : registryFailure('registryUnavailable', `connection failed (${code})`);
}

function isTimeout(reason: unknown): boolean {
  return (reason as { name?: unknown } | undefined)?.name === 'TimeoutError';
}
