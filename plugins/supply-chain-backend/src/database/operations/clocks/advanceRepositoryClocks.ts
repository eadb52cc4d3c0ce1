import { setImmediate } from 'node:timers/promises';
import { PackedScan } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import {
  advanceClocks,
  firstClocks,
  readClocksOf,
  writeClocks,
} from '../../../derivations/vulnerabilityClocks';
import { chunksOf } from '../../chunks';
import { VulnerabilityClockRow } from '../../tables';

/** Findings of one scan of a repository. */
export type Sighting = {
  repository: string;
  /** RFC 3339. */
  scannedAt: string;
  /** Who made it, and keys of what it found. */
  seen: PackedScan['seen'];
};

/** Options of {@link advanceRepositoryClocks}. */
export type AdvanceRepositoryClocksOptions = {
  transaction: Knex.Transaction;
  sightings: Sighting[];
  now: Date;
};

const NO_CLOCKS = '[]';

/** Few at a time: each has the clocks of hundreds of vulnerabilities. */
const REPOSITORIES_PER_STATEMENT = 50;

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
    const advanced = (row: VulnerabilityClockRow): VulnerabilityClockRow => ({
      ...row,
      clocks: clocksAfter(row, byRepository.get(row.repository)!, now),
    });
    const rows = await lockedRows(transaction, repositories);
    const missing = without(repositories, rows);
    const added = await addRows(
      transaction,
      missing.map(repository =>
        advanced({
          repository,
          known_since: now.toISOString(),
          clocks: NO_CLOCKS,
        }),
      ),
    );
    // What somebody else added meanwhile is there now.
    const others = without(missing, added);
    rows.push(...(await lockedRows(transaction, others)));
    const before = new Map(rows.map(row => [row.repository, row.clocks]));
    const written = rows
      .map(advanced)
      .filter(row => row.clocks !== before.get(row.repository));
    if (written.length > 0) {
      await transaction<VulnerabilityClockRow>('vulnerability_clocks')
        .insert(written)
        .onConflict('repository')
        .merge(['clocks']);
    }
    await setImmediate();
  }
}

async function lockedRows(
  transaction: Knex.Transaction,
  repositories: string[],
): Promise<VulnerabilityClockRow[]> {
  return repositories.length === 0
    ? []
    : transaction<VulnerabilityClockRow>('vulnerability_clocks')
        .whereIn('repository', repositories)
        .orderBy('repository')
        .forUpdate();
}

/** Returns those that were added; the others are there. */
async function addRows(
  transaction: Knex.Transaction,
  rows: VulnerabilityClockRow[],
): Promise<Pick<VulnerabilityClockRow, 'repository'>[]> {
  return rows.length === 0
    ? []
    : transaction<VulnerabilityClockRow>('vulnerability_clocks')
        .insert(rows)
        .onConflict('repository')
        .ignore()
        .returning('repository');
}

function without(
  repositories: string[],
  rows: Pick<VulnerabilityClockRow, 'repository'>[],
): string[] {
  const there = new Set(rows.map(({ repository }) => repository));
  return repositories.filter(repository => !there.has(repository));
}

function clocksAfter(
  { known_since: knownSince, clocks }: VulnerabilityClockRow,
  sightings: Sighting[],
  now: Date,
): string {
  const [first, ...more] = sightings;
  if (clocks === NO_CLOCKS && more.length === 0) {
    return firstClocks({ ...first, knownSince, now });
  }
  return writeClocks(
    sightings.reduce(
      (known, sighting) =>
        advanceClocks({ known, now, knownSince, ...sighting }),
      readClocksOf(clocks),
    ),
  );
}
