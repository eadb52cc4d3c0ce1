import { cutInsideRepository } from './cutInsideRepository';
import { parseRepositoryAddress, RepositoryAddress } from './repositoryAddress';

/**
 * Options of {@link normaliseSourceRepository}.
 *
 * @public
 */
export type NormaliseSourceRepositoryOptions = {
  /**
   * Hosts (with port, where it is written) that stand for another one, for instance an alias for ssh. The target is
   * taken as it is, not looked up again.
   */
  hostAliases?: Readonly<Record<string, string>>;
};

/** Forges that do not tell `Acme/Web` from `acme/web`; on every other host the path keeps its case. */
const CASE_INSENSITIVE_HOSTS: readonly string[] = [
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'codeberg.org',
  'dev.azure.com',
];
/** GitHub Enterprise Cloud with data residency. */
const CASE_INSENSITIVE_SUFFIX = '.ghe.com';

/** Other names of the public forges. */
const PUBLIC_ALIASES: Readonly<Record<string, string>> = {
  'www.github.com': 'github.com',
  'ssh.github.com': 'github.com',
  'www.gitlab.com': 'gitlab.com',
  'altssh.gitlab.com': 'gitlab.com',
  'www.bitbucket.org': 'bitbucket.org',
  'altssh.bitbucket.org': 'bitbucket.org',
};

/** Hosts on which a repository is exactly an owner and a name. */
const TWO_SEGMENT_HOSTS: readonly string[] = [
  'github.com',
  'bitbucket.org',
  'codeberg.org',
];

const SEGMENT = /^[A-Za-z0-9_~+.-]+$/;
/** Steps in a path and GitLab's separator. */
const NO_NAME = /^(?:\.+|-)$/;

/**
 * The one spelling of a repository's address: `https://host/path`, without credentials, revision, `.git`, trailing
 * slash and what leads into the repository (`/tree/main/dir`). Understands `https`, `http`, `ssh`, `git`, their
 * `git+` forms and that of scp.
 *
 * The host is lower-case; so is the path on forges that do not tell cases apart (github.com, gitlab.com,
 * bitbucket.org, codeberg.org, dev.azure.com, *.ghe.com). A port that is not that of the protocol stays: it may be
 * another forge, unless an alias says otherwise.
 *
 * @returns undefined when the text is no repository, or is written so that it could be read as two. Never throws.
 *
 * @public
 */
export function normaliseSourceRepository(
  uri: string,
  options: NormaliseSourceRepositoryOptions = {},
): string | undefined {
  const address = parseRepositoryAddress(uri);
  if (!address) {
    return undefined;
  }
  const host = aliasOf(address.host, options.hostAliases ?? {});
  const path = repositoryPath(host, address);
  return path && `https://${host}/${path}`;
}

/**
 * The revision an address names behind `@` or `#`, for instance `refs/tags/v1`.
 *
 * @public
 */
export function refOfRepositoryUri(uri: string): string | undefined {
  // BuildKit writes the folder behind a colon: https://docs.docker.com/build/concepts/context/#url-fragments
  return parseRepositoryAddress(uri)?.ref?.split(':')[0] || undefined;
}

/** Whether a host has one repository under all cases of its path. */
export function isCaseInsensitiveHost(host: string): boolean {
  return (
    CASE_INSENSITIVE_HOSTS.includes(host) ||
    host.endsWith(CASE_INSENSITIVE_SUFFIX)
  );
}

function aliasOf(
  host: string,
  aliases: Readonly<Record<string, string>>,
): string {
  const own = Object.entries(aliases).find(
    ([alias]) => alias.toLocaleLowerCase('en-US') === host,
  );
  if (own) {
    return own[1].toLocaleLowerCase('en-US');
  }
  // Ssh on the port of https; in an address that begins with https it says nothing.
  const usual = host.replace(/:443$/, '');
  return Object.hasOwn(PUBLIC_ALIASES, usual) ? PUBLIC_ALIASES[usual] : usual;
}

function repositoryPath(
  host: string,
  { path }: RepositoryAddress,
): string | undefined {
  const segments = reduce(host, path.replace(/\/+$/, '').split('/'));
  const isRepository =
    segments.every(each => SEGMENT.test(each) && !NO_NAME.test(each)) &&
    (segments.length === 2 || !TWO_SEGMENT_HOSTS.includes(host)) &&
    (segments.length > 1 || host !== 'gitlab.com');
  if (!isRepository) {
    return undefined;
  }
  const joined = segments.join('/');
  return isCaseInsensitiveHost(host)
    ? joined.toLocaleLowerCase('en-US')
    : joined;
}

/** Cuts until nothing is left to cut, so that the result is the same when it is read again. */
function reduce(host: string, segments: string[]): string[] {
  const name = segments[segments.length - 1].replace(/(?:\.git)+$/i, '');
  const named = [...segments.slice(0, -1), name];
  const cut = cutInsideRepository(host, named);
  return cut.length < named.length ? reduce(host, cut) : named;
}
