import { setImmediate } from 'node:timers/promises';
import { VulnerabilityFinding } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  RepositoryClocks,
  advanceClocks,
} from '../../../derivations/vulnerabilityClocks';
import { chunksOf } from '../../chunks';
import { VulnerabilityClockRow } from '../../tables';

/** Findings of one scan of a repository. */
export type Sighting = {
  repository: string;
  /** RFC 3339. */
  scannedAt: string;
  findings: VulnerabilityFinding[];
};

/** Options of {@link advanceRepositoryClocks}. */
export type AdvanceRepositoryClocksOptions = {
  transaction: Knex.Transaction;
  sightings: Sighting[];
  now: Date;
};

/** Few at a time: each has the clocks of hundreds of vulnerabilities. */
const REPOSITORIES_PER_STATEMENT = 25;

/** Advances the clocks of the repositories that were scanned (L21). Rows are locked in order of their name. */
export async function advanceRepositoryClocks(
  options: AdvanceRepositoryClocksOptions,
): Promise<void> {
  const { transaction, now } = options;
  const byRepository = new Map<string, Sighting[]>();
  for (const sighting of options.sightings) {
    const known = byRepository.get(sighting.repository) ?? [];
    known.push(sighting);
    byRepository.set(sighting.repository, known);
  }
  for (const repositories of chunksOf(
    [...byRepository.keys()].sort(),
    REPOSITORIES_PER_STATEMENT,
  )) {
    await transaction<VulnerabilityClockRow>('vulnerability_clocks')
      .insert(
        repositories.map(repository => ({
          repository,
          known_since: now.toISOString(),
          clocks: '{}',
        })),
      )
      .onConflict('repository')
      .ignore();
    const rows: VulnerabilityClockRow[] =
      await transaction<VulnerabilityClockRow>('vulnerability_clocks')
        .whereIn('repository', repositories)
        .orderBy('repository')
        .forUpdate();
    const written = rows
      .map(row => ({
        repository: row.repository,
        known_since: row.known_since,
        before: row.clocks,
        clocks: JSON.stringify(
          byRepository.get(row.repository)!.reduce<RepositoryClocks>(
            (known, sighting) =>
              advanceClocks({
                known,
                now,
                knownSince: row.known_since,
                ...sighting,
              }),
            JSON.parse(row.clocks),
          ),
        ),
      }))
      .filter(row => row.clocks !== row.before)
      .map(({ repository, known_since, clocks }) => ({
        repository,
        known_since,
        clocks,
      }));
    if (written.length > 0) {
      await transaction<VulnerabilityClockRow>('vulnerability_clocks')
        .insert(written)
        .onConflict('repository')
        .merge();
    }
    await setImmediate();
  }
}
