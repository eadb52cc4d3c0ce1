import { Digest, parseDigest } from '../../model/digest';
import { shortText } from '../../text/reportValues';
import { Json, listOf, recordOf, textOf } from '../scanReport';
import { ById } from './clairDocument';
import { packageUrlOf } from './clairPackageUrl';

/** What is known of the place of a package. */
export type ClairPlace = { purl?: string; path?: string; layer?: Digest };

/** Options of {@link placeOf}. */
export type ClairPlaceOptions = {
  found: Json;
  /** The environments of the package; the first is where it came from. */
  environments: unknown;
  vulnerability: Json;
  distributions: ById;
  repositories: ById;
};

const MAX_REPOSITORIES = 100;

/** Repositories of languages as Clair names them, and the type of their package URLs. */
const LANGUAGES: Record<string, string> = {
  pypi: 'pypi',
  go: 'golang',
  maven: 'maven',
  npm: 'npm',
  nodejs: 'npm',
  rubygems: 'gem',
};

/** Prefixes of package databases, for what no repository tells. */
const DATABASES: Record<string, string> = {
  python: 'pypi',
  go: 'golang',
  maven: 'maven',
  nodejs: 'npm',
  ruby: 'gem',
};

const SYSTEMS: Record<string, { type: string; namespace: string }> = {
  debian: { type: 'deb', namespace: 'debian' },
  ubuntu: { type: 'deb', namespace: 'ubuntu' },
  alpine: { type: 'apk', namespace: 'alpine' },
  chainguard: { type: 'apk', namespace: 'chainguard' },
  wolfi: { type: 'apk', namespace: 'wolfi' },
  rhel: { type: 'rpm', namespace: 'redhat' },
  centos: { type: 'rpm', namespace: 'centos' },
  fedora: { type: 'rpm', namespace: 'fedora' },
  ol: { type: 'rpm', namespace: 'oracle' },
  amzn: { type: 'rpm', namespace: 'amazon' },
  sles: { type: 'rpm', namespace: 'suse' },
  opensuse: { type: 'rpm', namespace: 'opensuse' },
  'opensuse-leap': { type: 'rpm', namespace: 'opensuse' },
  photon: { type: 'rpm', namespace: 'photon' },
};

/** Where a package lies, and its package URL, which Clair does not give. */
export function placeOf(options: ClairPlaceOptions): ClairPlace {
  const { found, vulnerability } = options;
  const environment = recordOf(listOf(options.environments)[0]);
  const [database, path] = splitDatabase(textOf(environment.package_db));
  const layer = parseDigest(environment.introduced_in);
  const language =
    repositoryTypeOf(environment, options) ??
    typeIn(DATABASES, database) ??
    typeIn(LANGUAGES, textOf(recordOf(vulnerability.repository).name));
  const purl = language
    ? packageUrlOf({ type: language, found })
    : systemUrlOf(environment, options);
  return {
    ...(purl && { purl }),
    // Of operating-system packages the database is the same for all, and no path of theirs.
    ...(language && path && { path }),
    ...(layer && { layer }),
  };
}

/** `python:usr/lib/python3.9/site-packages`, `var/lib/dpkg/status`. */
function splitDatabase(database: string): [string, string | undefined] {
  const at = database.indexOf(':');
  return at < 0
    ? ['', undefined]
    : [database.slice(0, at), shortText(database.slice(at + 1), 1_024)];
}

function repositoryTypeOf(
  environment: Json,
  { repositories }: ClairPlaceOptions,
): string | undefined {
  const names = listOf(environment.repository_ids)
    .slice(0, MAX_REPOSITORIES)
    .map(id => textOf(repositories(id)?.name));
  return names.map(name => typeIn(LANGUAGES, name)).find(Boolean);
}

function systemUrlOf(
  environment: Json,
  options: ClairPlaceOptions,
): string | undefined {
  const distribution =
    options.distributions(environment.distribution_id) ??
    recordOf(options.vulnerability.distribution);
  const did = textOf(distribution.did);
  const system = Object.hasOwn(SYSTEMS, did) ? SYSTEMS[did] : undefined;
  const version =
    textOf(distribution.version_id) || textOf(distribution.version);
  return (
    system &&
    packageUrlOf({
      ...system,
      found: options.found,
      distribution: version ? `${did}-${version}` : did,
    })
  );
}

function typeIn(
  table: Record<string, string>,
  name: string,
): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
