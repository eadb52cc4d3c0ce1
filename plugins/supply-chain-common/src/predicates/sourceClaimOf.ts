import { SourceClaim } from '../model/provenance';
import {
  normaliseSourceRepository,
  refOfRepositoryUri,
} from '../sourceRepositories/normaliseSourceRepository';
import { Dependency, digestsShape } from './predicateShapes';

/** Names of a Git commit in a digest set; the last two are what older builders write. */
const COMMIT_NAMES: readonly string[] = ['gitCommit', 'sha1', 'sha256'];
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** What a builder writes of one place. */
export type WrittenSource = {
  uri: string;
  ref?: string;
  digest?: unknown;
};

/** A source as it is written, and what can be read of it. */
export function sourceClaimOf(written: WrittenSource): SourceClaim {
  const { uri } = written;
  const repository = normaliseSourceRepository(uri);
  const ref = written.ref ?? refOfRepositoryUri(uri);
  const commit = commitOf(written.digest);
  return {
    uri,
    ...(repository && { repository }),
    ...(ref && { ref }),
    ...(commit && { commit }),
  };
}

/** The commit of a digest set, in lower-case hex. */
export function commitOf(digest: unknown): string | undefined {
  const digests = digestsShape.safeParse(digest);
  const set = (digests.success && digests.data) || {};
  return COMMIT_NAMES.map(name =>
    Object.hasOwn(set, name) ? set[name].toLocaleLowerCase('en-US') : '',
  ).find(hex => COMMIT.test(hex));
}

/**
 * The source among the dependencies, for builders that name it nowhere else: the one repository there is. Where there
 * are several, for instance that of a shared pipeline, none of them can be told to be the source.
 */
export function sourceAmong(
  dependencies: Dependency[],
): SourceClaim | undefined {
  // Tekton Chains marks what a task took as its input: https://tekton.dev/docs/chains/slsa-provenance/
  const inputs = dependencies.filter(({ name }) => name === 'inputs/result');
  const candidates = (inputs.length > 0 ? inputs : dependencies).flatMap(
    ({ uri, digest }) =>
      uri && isGit(uri, digest) ? [sourceClaimOf({ uri, digest })] : [],
  );
  const repositories = new Set(candidates.map(({ repository }) => repository));
  return repositories.size === 1 ? candidates[0] : undefined;
}

function isGit(uri: string, digest: unknown): boolean {
  return (
    normaliseSourceRepository(uri) !== undefined &&
    (/^git[+:]|^ssh:|\.git(?:[@#]|$)/i.test(uri) ||
      commitOf(digest)?.length === 40)
  );
}
