import { matchesTextPattern } from '../textPattern';
import { IdentityPattern, TextPattern } from '../types';
import { literalEnds } from './literalEnds';

const HOST = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]+)?';
/** Scheme and host, with the slash that ends the host. */
const HOST_PREFIX = new RegExp(`^[a-z][a-z0-9+.-]*://${HOST}/`, 'i');
const WHOLE_ISSUER = new RegExp(`^[a-z][a-z0-9+.-]*://${HOST}(?:/.*)?$`, 'is');
/** Scheme, host and first path segment, with the slash that ends the segment. */
const OWNER_PREFIX = new RegExp(`^[a-z][a-z0-9+.-]*://${HOST}/[^/*]+/`, 'i');
const MAIL_SUFFIX = /@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+$/i;
/** What somebody else could sign as under a branch with a mail address for a name. */
const FOREIGN_SUBJECT =
  'https://github.com/somebody/else/.github/workflows/x.yml@refs/heads/x';

/** Why an issuer amounts to anybody (L15), or nothing. */
export function issuerTooWide(issuer: IdentityPattern['issuer']): string {
  if (issuer === 'none') {
    return '';
  }
  const narrow =
    typeof issuer === 'string'
      ? WHOLE_ISSUER.test(issuer)
      : HOST_PREFIX.test(literalEnds(issuer).prefix) ||
        isExactExpression(issuer);
  return narrow
    ? ''
    : 'expected an issuer with literal scheme and host, such as "https://token.actions.githubusercontent.com"';
}

/** An expression without any wildcard is as narrow as a plain string. */
function isExactExpression(pattern: TextPattern): boolean {
  const { prefix } = literalEnds(pattern);
  return WHOLE_ISSUER.test(prefix) && matchesOnly(pattern, prefix);
}

function matchesOnly(pattern: TextPattern, text: string): boolean {
  return (
    literalEnds(pattern).suffix === text && matchesTextPattern(pattern, text)
  );
}

/** Why a subject amounts to anybody (L15), or nothing. */
export function subjectTooWide(subject: TextPattern): string {
  if (typeof subject === 'string') {
    return subject.includes('*')
      ? `expected an exact subject, got "${subject}" with a wildcard: write { glob: "…" }`
      : '';
  }
  const { prefix, suffix } = literalEnds(subject);
  const isMail =
    MAIL_SUFFIX.test(suffix) && !takesForeignBranch(subject, suffix);
  return OWNER_PREFIX.test(prefix) || isMail
    ? ''
    : 'expected a subject with literal host and first path segment, such as "https://github.com/acme/**", or a mail domain, such as "*@acme.example"';
}

/** A mail pattern that takes slashes takes the workflows of strangers, who may name a branch `x@acme.example`. */
function takesForeignBranch(subject: TextPattern, suffix: string): boolean {
  return matchesTextPattern(subject, `${FOREIGN_SUBJECT}${suffix}`);
}

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const SOURCE_EXTENSIONS = [
  'sourceRepositoryUri',
  'sourceRepositoryIdentifier',
  'githubWorkflowRepository',
];

/**
 * Whether anybody who calls the workflow gets its identity (L15): on GitHub the subject names the reusable workflow,
 * only an extension names the repository that called it.
 */
export function isReusableWorkflowOpen(identity: IdentityPattern): boolean {
  return (
    identity.issuer !== 'none' &&
    matchesTextPattern(identity.issuer, GITHUB_ISSUER) &&
    !SOURCE_EXTENSIONS.some(name =>
      Object.hasOwn(identity.extensions ?? {}, name),
    )
  );
}
