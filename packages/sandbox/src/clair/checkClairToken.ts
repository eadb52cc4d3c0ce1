import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What Clair is configured with under `auth.psk`.
 * @public
 */
export interface ClairKeyOptions {
  /** The key itself; the configuration of Clair has it in base64. */
  key: Buffer;
  /** Issuers whose tokens are taken. */
  issuers: readonly string[];
}

/** https://github.com/quay/clair/blob/v4.9.0/middleware/auth/httpauth_psk.go */
const LEEWAY_SECONDS = 15;

/**
 * Whether `Authorization` carries a token signed with the shared key, by one of the issuers and for now:
 * https://quay.github.io/clair/concepts/authentication.html
 */
export function checkClairToken(
  authorization: string | undefined,
  { key, issuers, now }: ClairKeyOptions & { now: Date },
): boolean {
  const match = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(
    authorization ?? '',
  );
  if (!match) {
    return false;
  }
  const [, header, payload, signature] = match;
  const expected = createHmac('sha256', key)
    .update(`${header}.${payload}`)
    .digest();
  const given = Buffer.from(signature, 'base64url');
  const { alg } = jsonOf(header);
  return (
    alg === 'HS256' &&
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    holdsNow(jsonOf(payload), issuers, now)
  );
}

/** As the library of the real one: claims that are absent are not compared, but the issuer has to be there. */
function holdsNow(
  { iss, iat, nbf, exp }: Record<string, unknown>,
  issuers: readonly string[],
  now: Date,
): boolean {
  const seconds = now.getTime() / 1000;
  const allows = (claim: unknown, holds: (at: number) => boolean) =>
    claim === undefined || (typeof claim === 'number' && holds(claim));
  return (
    typeof iss === 'string' &&
    issuers.includes(iss) &&
    allows(iat, at => seconds >= at - LEEWAY_SECONDS) &&
    allows(nbf, at => seconds >= at - LEEWAY_SECONDS) &&
    allows(exp, at => seconds <= at + LEEWAY_SECONDS)
  );
}

function jsonOf(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(part, 'base64url').toString('utf8'),
    );
    return value !== null && typeof value === 'object'
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    // No JSON is no claim, and a token without claims is refused.
    return {};
  }
}
