import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ObservedReport,
  PackedReport,
  SourceWriter,
} from 'backstage-plugin-supply-chain-node';
import knexFactory from 'knex';
import { createReportStore } from '../../plugins/supply-chain-backend/src/database/createReportStore';
import { DatabaseLeaseStore } from '../../plugins/supply-chain-backend/src/database/DatabaseLeaseStore';
import { DatabaseSourceHealthStore } from '../../plugins/supply-chain-backend/src/database/DatabaseSourceHealthStore';
import { migrate } from '../../plugins/supply-chain-backend/src/database/migrations';
import { DatabaseFeedSink } from '../../plugins/supply-chain-backend/src/inventory/DatabaseFeedSink';

/** Keeps nothing but what a reflector asks for. */
export function forgetfulWriter(): SourceWriter<ObservedReport | PackedReport> {
  const versions = new Map<string, string>();
  return {
    resumePoint: async () => undefined,
    beginFullSync: async () => {},
    upsert: async items =>
      items.forEach(({ uid, resourceVersion }) =>
        versions.set(uid, resourceVersion),
      ),
    remove: async uids => uids.forEach(uid => versions.delete(uid)),
    touch: async () => {},
    knownVersions: async () => versions,
    completeFullSync: async () => {},
    saveResumePoint: async () => {},
  };
}

/** Runs some work with the writer of the portal, into an empty SQLite file. */
export async function withDatabaseWriter(
  work: (writer: SourceWriter<ObservedReport | PackedReport>) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'supply-chain-sync-'));
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(directory, 'sync.sqlite') },
    useNullAsDefault: true,
  });
  const controller = new AbortController();
  const log = (message: string) => process.stderr.write(`${message}\n`);
  try {
    await migrate(knex);
    const sink = DatabaseFeedSink.create<ObservedReport | PackedReport>({
      feed: 'trivy',
      holder: 'bench',
      itemsOf: 'scanner',
      store: createReportStore({ knex, now: () => new Date() }),
      leases: DatabaseLeaseStore.create({ knex }),
      health: DatabaseSourceHealthStore.create({ knex }),
      uidOf: report => report.uid,
      logger: { warn: log, debug: () => {} },
      onChanged: () => {},
    });
    let failure: unknown;
    await sink.whileHolding(
      { source: 'cluster', signal: controller.signal },
      async ({ writer }) => {
        try {
          await work(writer);
        } catch (error) {
          failure = error;
        }
        controller.abort();
      },
    );
    if (failure) {
      throw failure;
    }
  } finally {
    await knex.destroy();
    await rm(directory, { recursive: true });
  }
}
