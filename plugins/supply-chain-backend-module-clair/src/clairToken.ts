import { SignJWT } from 'jose';
import { ClairKey } from './ClairSettings';

/** Clocks may differ by this much; Clair itself allows fifteen seconds. */
const BACKDATED_SECONDS = 60;
const LIFETIME_SECONDS = 120;

/**
 * A token as Clair's shared-key authentication wants it:
 * https://quay.github.io/clair/concepts/authentication.html
 */
export async function createClairToken(
  { key, issuer }: ClairKey,
  now: Date,
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setIssuedAt(seconds)
    .setNotBefore(seconds - BACKDATED_SECONDS)
    .setExpirationTime(seconds + LIFETIME_SECONDS)
    .sign(key);
}
