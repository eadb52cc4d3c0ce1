import {
  bool,
  double,
  int,
  object,
  oneOf,
  optional,
  text,
  texts,
  timestamp,
} from './factTypes';
import { reason } from './reasonType';

const SEVERITIES = [
  'critical',
  'high',
  'medium',
  'low',
  'negligible',
  'unknown',
] as const;

const counts = {
  critical: int('Of severity critical.'),
  high: int('Of severity high.'),
  medium: int('Of severity medium.'),
  low: int('Of severity low.'),
  negligible: int('Of severity negligible.'),
  unknown: int(
    'That no scanner rates, and that stand in none of the other numbers.',
  ),
} as const;

/** Fields of `scan`. */
export const scanFields = {
  status: oneOf(
    ['present', 'partial', 'stale', 'otherDigest', 'absent', 'unavailable'],
    'Whether a scan speaks for what runs. `partial`: it may be of something else, or lacks a platform; `stale`: older than `scan-fresh` of the policy allows.',
  ),
  reason: optional(reason('Why it does not.')),
  scannedAt: optional(timestamp('When the oldest of the scans was made.')),
  ageHours: optional(
    int('Age of the oldest of the scans in hours, rounded up.'),
  ),
  scanners: texts('Names of the scanners.'),
  total: int('All vulnerabilities, without those that VEX sets aside.'),
  ...counts,
  fixable: object(counts, 'Those with a fix.'),
  overdue: object(
    counts,
    'Those with a fix and past their time limit; needs a rule `no-fixable-vulnerability` in the same policy that covers the severity, because that one says how long a fix may take.',
  ),
  notAffected: int(
    'Those that VEX statements set aside, by the trust that `vexMinTrust` of the rules about vulnerabilities asks for.',
  ),
  truncated: bool('Whether the list `vulnerabilities` is cut.'),
} as const;

/** Fields of one element of `vulnerabilities`. */
export const vulnerabilityFields = {
  id: text('`CVE-…`, `GHSA-…` and the like.'),
  severity: oneOf(SEVERITIES, 'The worst that a scanner gives it.'),
  score: optional(double('CVSS v3 base score, 0 to 10.')),
  package: text('Name of the package.'),
  purl: optional(text('Package URL.')),
  installed: text('The version in the image.'),
  fixed: optional(
    text('The version with the fix; missing where there is none.'),
  ),
  path: optional(text('Path of the package inside the image.')),
  publishedAt: optional(timestamp('When it became public.')),
  firstSeenAt: optional(timestamp('When it was first seen in the repository.')),
  firstFixableAt: optional(
    timestamp('When it first had a fix in the repository.'),
  ),
} as const;
