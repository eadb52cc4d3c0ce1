import { schema } from 'backstage-plugin-supply-chain-common';
import { SourceHealthRow } from '../../database/tables';

/** What something depends on. */
export type Dependencies = {
  /** Names; scanners go by the name of their cluster. */
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
  const registries = registriesOf(dependsOn.repositories);
  // A registry that refuses some repositories concerns those who run them, and tells nobody else of them (L33).
  const failing = registriesOf(dependsOn.failingRepositories ?? []);
  const concerns = ({ kind, name, state }: SourceHealthRow): boolean => {
    switch (kind) {
      case 'cluster':
      case 'scanner':
      case 'enforcer':
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
 * Whether a source is not well. Where no other enforcer was ever read none is missed: that its reports may not be read
 * stands on the page of sources, for those who can help.
 */
export function isTroubled(source: SourceHealthRow): boolean {
  const { kind, state, last_success_at: lastSuccessAt } = source;
  return kind === 'enforcer'
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
