import { schema } from 'backstage-plugin-supply-chain-common';
import { SourceHealthRow } from '../../database/tables';

/** What something depends on. */
export type Dependencies = {
  /** Names; scanners go by the name of their cluster, but for those of none. */
  clusters: Iterable<string>;
  /** Normalised; their registry is the part before the first slash. */
  repositories: Iterable<string>;
  /** Of these, the ones whose own last look failed. */
  failingRepositories?: Iterable<string>;
};

/** Options of {@link sourceProblems}. */
export type SourceProblemsOptions = {
  sources: SourceHealthRow[];
  dependsOn: Dependencies;
  /** Whether the caller may see what no cluster or registry brings: policy files, trust roots, the catalog. */
  shared: boolean;
};

/** Sources that are not well among those something depends on. */
export function sourceProblems(
  options: SourceProblemsOptions,
): schema.SourceProblem[] {
  const { sources, dependsOn, shared } = options;
  const clusters = new Set(dependsOn.clusters);
  const runsSomething = [...clusters].some(Boolean);
  const registries = registriesOf(dependsOn.repositories);
  // A registry that refuses some repositories concerns those who run them, and tells nobody else of them (L33).
  const failing = registriesOf(dependsOn.failingRepositories ?? []);
  const concerns = (source: SourceHealthRow): boolean => {
    const { kind, name, state } = source;
    switch (kind) {
      case 'scanner':
        return source.of_no_cluster
          ? runsSomething && isWithoutNews(source)
          : clusters.has(name);
      case 'cluster':
      case 'enforcer':
      case 'checks':
      case 'contents':
        return clusters.has(name);
      case 'registry':
        return (state === 'degraded' ? failing : registries).has(name);
      default:
        return shared;
    }
  };
  return sources
    .filter(source => isTroubled(source) && concerns(source))
    .map(sourceProblemOf);
}

/**
 * Whether nothing new comes from a scanner for anybody: it cannot be asked, or what it compares with is old. That it could
 * not scan some images is told by these images, and to nobody else (L33).
 */
function isWithoutNews({ state, reason }: SourceHealthRow): boolean {
  return state !== 'degraded' || reason === 'scanStale';
}

/** Kinds a cluster need not have. */
const OPTIONAL_KINDS = ['enforcer', 'checks', 'contents'];

/**
 * Whether a source is not well. Where no other enforcer, checks or contents were ever read none are missed: that reports may
 * not be read stands on the page of sources, for those who can help.
 */
export function isTroubled(source: SourceHealthRow): boolean {
  const { kind, state, last_success_at: lastSuccessAt } = source;
  return OPTIONAL_KINDS.includes(kind)
    ? !['ok', 'notInstalled'].includes(state) && lastSuccessAt !== null
    : state !== 'ok';
}

function registriesOf(repositories: Iterable<string>): Set<string> {
  return new Set([...repositories].map(repository => repository.split('/')[0]));
}

/** A source without the texts and figures that may be about other things than the caller may see. */
export function sourceProblemOf(source: SourceHealthRow): schema.SourceProblem {
  return {
    kind: source.kind,
    name: source.name,
    state: source.state as schema.SourceProblem['state'],
    ...(source.reason && { reason: source.reason }),
    ...(source.last_success_at && { lastSuccessAt: source.last_success_at }),
  };
}
