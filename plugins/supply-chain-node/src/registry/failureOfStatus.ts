import { parseRetryAfter } from './parseRetryAfter';
import { RegistryFailure, registryFailure } from './registryResult';
import { TransportResponse } from './RegistryTransport';

/** Turns the status of an unsuccessful answer into a failure; 404 has no special meaning here. */
export function failureOfStatus(
  response: TransportResponse,
  options: { what: string; nowMs: number; retryAfterMaxMs: number },
): RegistryFailure {
  const { status } = response;
  const retryAfterMs = parseRetryAfter(response.header('retry-after'), {
    nowMs: options.nowMs,
    maxMs: options.retryAfterMaxMs,
  });
  const detail = `the ${options.what} answered ${status}`;
  if (status === 429) {
    return registryFailure('rateLimited', detail, { status, retryAfterMs });
  }
  // A store behind the registry that refuses says nothing about our rights in the registry.
  if ((status === 401 || status === 403) && !response.crossOrigin) {
    return registryFailure('registryRefused', detail, { status });
  }
  return registryFailure('registryUnavailable', detail, {
    status,
    retryAfterMs: status === 503 ? retryAfterMs : undefined,
  });
}
