/** An address taken apart; nothing is decided about it yet. */
export type RepositoryAddress = {
  /** Lower-case, with the port where it is not that of the protocol. */
  host: string;
  /** Without the slash it begins with. */
  path: string;
  /** What stands behind `@` or `#`, for instance `refs/tags/v1`. */
  ref?: string;
};

/** Longer texts are no addresses of repositories. */
const ADDRESS_MAX_LENGTH = 2048;

/**
 * Printable ASCII without `%`, backslash, quotes and brackets: what is left has one spelling only, so that look-alike
 * letters and encoded slashes never reach a comparison.
 */
const PLAIN = /^[A-Za-z0-9:/@.#?&=_~+,-]+$/;

const DEFAULT_PORTS: Record<string, string> = {
  https: '443',
  http: '80',
  ssh: '22',
  git: '9418',
};

const WITH_SCHEME =
  /^(?:git\+)?(https|http|ssh|git):\/\/(?:[^/@?#]*@)?([^/@:?#]+)(?::([1-9][0-9]{0,4}))?\/([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i;
// https://git-scm.com/docs/git-clone#_git_urls: the form of scp has no scheme and a colon before the path.
const SCP = /^[A-Za-z0-9._-]+@([^/@:?#]+):(?!\/)([^?#:]*)(?:#(.*))?$/;

/** One label of a name after the other; no dot at the end, which would be a second spelling. */
const HOST =
  /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Takes an address apart, or `undefined` when it is none that git understands. */
export function parseRepositoryAddress(
  text: string,
): RepositoryAddress | undefined {
  if (text.length > ADDRESS_MAX_LENGTH || !PLAIN.test(text)) {
    return undefined;
  }
  const parts = partsOf(text);
  if (!parts || !HOST.test(parts.host)) {
    return undefined;
  }
  const { host, port, query, fragment } = parts;
  // `@` begins a revision (SPDX download location); no forge has it in the name of a repository.
  const at = parts.path.indexOf('@');
  const path = at < 0 ? parts.path : parts.path.slice(0, at);
  const ref = at < 0 ? fragment : parts.path.slice(at + 1);
  if (query && !path.includes('/_git/')) {
    // Azure DevOps puts file and branch there; elsewhere it may name the repository itself.
    return undefined;
  }
  return {
    host: port ? `${host}:${port}` : host,
    path,
    ...(ref && { ref }),
  };
}

type Parts = {
  host: string;
  port?: string;
  path: string;
  query?: string;
  fragment?: string;
};

function partsOf(text: string): Parts | undefined {
  const scp = SCP.exec(text);
  if (scp) {
    const [, host, path, fragment] = scp;
    return { host: host.toLocaleLowerCase('en-US'), path, fragment };
  }
  const url = WITH_SCHEME.exec(text);
  if (!url) {
    return undefined;
  }
  const [, scheme, host, port, path, query, fragment] = url;
  const isDefault = port === DEFAULT_PORTS[scheme.toLocaleLowerCase('en-US')];
  return {
    host: host.toLocaleLowerCase('en-US'),
    // The port of another service may be another forge: only an alias makes them one.
    port: isDefault ? undefined : port,
    path,
    query,
    fragment,
  };
}
