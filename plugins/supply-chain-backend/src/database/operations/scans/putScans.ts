import { setImmediate } from 'node:timers/promises';
import { PackedScan } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ScanRow, ScanTextRow } from '../../tables';
import { keepContents } from '../retention/contentLock';
import { KnownTexts } from './KnownTexts';

/** Options of {@link putScans}. */
export type PutScansOptions = {
  transaction: Knex.Transaction;
  scans: readonly PackedScan[];
  now: Date;
  /** Spares writing texts again that are there. */
  known?: KnownTexts;
};

/** Few at a time: a single scan may have thousands of findings. */
const SCANS_PER_STATEMENT = 25;

/**
 * Stores scans and their texts; what is there stays. Rows are written in the order of their hashes, so that two
 * transactions wait for each other and never both.
 */
export async function putScans(options: PutScansOptions): Promise<void> {
  const { transaction, scans, now, known } = options;
  await keepContents(transaction);
  await putTexts({ transaction, scans, known, day: dayOf(now) });
  const rows = new Map<string, ScanRow>(
    scans.map(({ hash, detail, about }) => [hash, { hash, detail, about }]),
  );
  for (const chunk of chunksOf(inOrder(rows), SCANS_PER_STATEMENT)) {
    await transaction<ScanRow>('scans')
      .insert(chunk)
      .onConflict('hash')
      .ignore();
    // SQLite answers in this thread: what else the portal does comes between.
    await setImmediate();
  }
}

/** The day of an instant, in UTC. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

async function putTexts(options: {
  transaction: Knex.Transaction;
  scans: readonly PackedScan[];
  known?: KnownTexts;
  day: string;
}): Promise<void> {
  const { transaction, scans, known, day } = options;
  const rows = new Map<string, ScanTextRow>();
  for (const texts of new Set(scans.map(scan => scan.texts))) {
    for (const [hash, text] of texts) {
      if (!known?.has(hash, day)) {
        rows.set(hash, { hash, text, used_on: day });
      }
    }
  }
  for (const chunk of chunksOf(inOrder(rows))) {
    await transaction<ScanTextRow>('scan_texts')
      .insert(chunk)
      .onConflict('hash')
      .merge(['used_on'])
      .where('scan_texts.used_on', '<', day);
  }
  if (known && rows.size > 0) {
    transaction.executionPromise.then(
      () => known.add(rows.keys(), day),
      // Nothing was written; whoever waits for the transaction has its error.
      () => undefined,
    );
  }
}

function inOrder<T>(rows: Map<string, T>): T[] {
  return [...rows.keys()].sort().map(hash => rows.get(hash)!);
}
