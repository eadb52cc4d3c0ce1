/** How a forge writes what leads into a repository. */
type Forge = { commit: string; file: string };

const GITHUB: Forge = { commit: 'commit', file: 'blob' };
const GITLAB: Forge = { commit: '-/commit', file: '-/blob' };
const BITBUCKET: Forge = { commit: 'commits', file: 'src' };
const CODEBERG: Forge = { commit: 'commit', file: 'src/commit' };

const PUBLIC: Readonly<Record<string, Forge>> = {
  'github.com': GITHUB,
  'gitlab.com': GITLAB,
  'bitbucket.org': BITBUCKET,
  'codeberg.org': CODEBERG,
};

const COMMIT = /^[0-9a-f]{7,64}$/i;

/** A forge of one's own is known by the addresses of its runs; of others no link is made. */
function forgeOf(repository: string, run: string | undefined) {
  if (!URL.canParse(repository)) {
    return undefined;
  }
  const { host } = new URL(repository);
  if (Object.hasOwn(PUBLIC, host)) {
    return PUBLIC[host];
  }
  if (run?.startsWith(`https://${host}/`)) {
    return run.includes('/-/') ? GITLAB : GITHUB;
  }
  return undefined;
}

/** What a link is made of; all of it comes from outside. */
export type SourcePlace = {
  /** Normalised, `https://host/path`. */
  repository?: string;
  commit?: string;
  /** Address of the run: tells the forge where the host does not. */
  run?: string;
};

/**
 * The page of a commit, where the forge is known.
 */
export function commitUrl(place: SourcePlace): string | undefined {
  const { repository = '', commit = '', run } = place;
  const forge = forgeOf(repository, run);
  return forge && COMMIT.test(commit)
    ? `${repository}/${forge.commit}/${commit}`
    : undefined;
}

/**
 * The page of a file at a commit, where the forge is known.
 */
export function fileUrl(
  place: SourcePlace & { path?: string },
): string | undefined {
  const { repository = '', commit = '', run, path = '' } = place;
  const forge = forgeOf(repository, run);
  const segments = path.split('/');
  const isInside = segments.every(
    segment => segment !== '' && !/^\.{1,2}$/.test(segment),
  );
  return forge && isInside && COMMIT.test(commit)
    ? [
        repository,
        forge.file,
        commit,
        ...segments.map(encodeURIComponent),
      ].join('/')
    : undefined;
}
