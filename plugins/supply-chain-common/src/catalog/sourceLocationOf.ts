import { SUPPLY_CHAIN_SOURCE_REPOSITORY_ANNOTATION } from '../annotations';
import { normaliseSourceRepository } from '../sourceRepositories/normaliseSourceRepository';

const SOURCE_LOCATION = 'backstage.io/source-location';

/** Where a project slug lives, by annotation. */
const SLUG_HOSTS: Record<string, string> = {
  'github.com/project-slug': 'https://github.com/',
  'gitlab.com/project-slug': 'https://gitlab.com/',
  'bitbucket.org/project-slug': 'https://bitbucket.org/',
};

/**
 * The repository an entity says it is built from: our own annotation first, then the source location, then a project
 * slug; in the one spelling every comparison uses, undefined when none of them is a repository.
 *
 * @public
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
  return candidates
    .map(text => text && normaliseSourceRepository(text))
    .find(url => url !== undefined && url !== '');
}
