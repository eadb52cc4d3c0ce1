import { formatApiTime } from '../kubernetes';

const DAY_MS = 24 * 60 * 60 * 1000;

/** When the made-up vulnerabilities became known: RFC 3339. */
export function publishedRecently(now: Date): string {
  return formatApiTime(new Date(now.getTime() - 3 * DAY_MS));
}

/** The one two scanners rate differently; as young ones have no public number yet, it carries a made-up one. */
export const DISPUTED = {
  id: (now: Date) => `CVE-${now.getUTCFullYear()}-99002`,
  title: 'sandbox: a certificate without a date is taken for a valid one',
  packageName: 'libcrypto3',
  installedVersion: '3.3.1-r0',
  fixedVersion: '3.3.1-r3',
};
