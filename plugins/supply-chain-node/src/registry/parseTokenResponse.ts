import { parseJsonObject } from './parseJsonObject';

// https://distribution.github.io/distribution/spec/auth/token/#token-response-fields
const DEFAULT_LIFETIME_SECONDS = 60;
const LIFETIME_MAX_SECONDS = 60 * 60;
// What may stand in a header without changing its meaning (RFC 6750, b64token).
const TOKEN = /^[A-Za-z0-9._~+/=-]{1,16384}$/;

/** Reads the answer of a token service; `undefined` when it has no usable token. */
export function parseTokenResponse(
  body: Uint8Array,
): { token: string; validForMs: number } | undefined {
  const document = parseJsonObject(body);
  const token = document?.token ?? document?.access_token;
  if (typeof token !== 'string' || !TOKEN.test(token)) {
    return undefined;
  }
  const claimed = document?.expires_in;
  const seconds =
    typeof claimed === 'number' && claimed > 0
      ? Math.min(claimed, LIFETIME_MAX_SECONDS)
      : DEFAULT_LIFETIME_SECONDS;
  // A tenth early, so that a token does not expire on its way.
  return { token, validForMs: seconds * 900 };
}
