import { SUPPLY_CHAIN_SOURCE_REPOSITORY_ANNOTATION } from 'backstage-plugin-supply-chain-common';

const SOURCE_LOCATION = 'backstage.io/source-location';

/** Where a project slug lives, by annotation. */
const SLUG_HOSTS: Record<string, string> = {
  'github.com/project-slug': 'https://github.com/',
  'gitlab.com/project-slug': 'https://gitlab.com/',
  'bitbucket.org/project-slug': 'https://bitbucket.org/',
};

/** Where the path of the repository ends and that of a file or branch begins. */
const INSIDE_REPOSITORY = /\/(?:-\/)?(?:tree|blob|src|raw|edit)(?:\/.*)?$/;

/**
 * The repository an entity says it is built from: our own annotation first, then the source location, then a project
 * slug. Without branch, folder, `.git` and trailing slash; undefined when none of them is an address.
 */
export function sourceLocationOf(
  annotations: Record<string, string>,
): string | undefined {
  const slug = Object.entries(SLUG_HOSTS)
    .filter(([annotation]) => annotations[annotation])
    .map(([annotation, host]) => host + annotations[annotation])[0];
  const candidates = [
    annotations[SUPPLY_CHAIN_SOURCE_REPOSITORY_ANNOTATION],
    annotations[SOURCE_LOCATION]?.replace(/^url:/, ''),
    slug,
  ];
  return candidates.map(repositoryUrl).find(url => url !== undefined);
}

function repositoryUrl(text: string | undefined): string | undefined {
  if (!text || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return undefined;
  }
  const path = url.pathname
    .replace(INSIDE_REPOSITORY, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return `${url.protocol}//${url.host}${path}`;
}
