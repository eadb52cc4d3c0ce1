import { parseImageReference } from 'backstage-plugin-supply-chain-common';
import { RepositoryName } from './RegistryDirectory';

/** References name them, so there may be any number. */
const NAMES_MAX = 1_000;

/** Reads names of repositories; each stands before a dozen tags and digests of one look. */
export class RepositoryNames {
  readonly #names = new Map<string, RepositoryName | undefined>();

  /** The parts of a name, or `undefined` when it is none. */
  read(repository: string): RepositoryName | undefined {
    if (this.#names.has(repository)) {
      return this.#names.get(repository);
    }
    const name = readName(repository);
    if (this.#names.size >= NAMES_MAX) {
      this.#names.clear();
    }
    this.#names.set(repository, name);
    return name;
  }
}

/** What reads differently with a tag than without one has a tag or a digest itself, or only looks like a host. */
function readName(repository: string): RepositoryName | undefined {
  const bare = parseImageReference(repository);
  const tagged = parseImageReference(`${repository}:latest`);
  if (
    !bare.ok ||
    !tagged.ok ||
    bare.reference.repository !== tagged.reference.repository
  ) {
    return undefined;
  }
  const { domain, path } = bare.reference;
  return { domain, path };
}
