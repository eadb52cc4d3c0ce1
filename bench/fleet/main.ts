import { mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { DefaultSupplyChainService } from '../../plugins/supply-chain-backend/src/service/DefaultSupplyChainService';
import { NOW } from '../../plugins/supply-chain-backend/src/service/__testUtils__/StoredWorld';
import { formatTable } from '../formatTable';
import { buildFleet, fleetPolicies } from './buildFleet';
import { fleetQueries } from './fleetQueries';
import { FleetSize, FULL_FLEET } from './fleetShape';

const ROUNDS = 40;
const BAR_MS = 100;

async function main(): Promise<void> {
  const part = Number(process.env.FLEET_PART ?? '1');
  const size: FleetSize = {
    groups: Math.ceil(FULL_FLEET.groups * part),
    entities: Math.ceil(FULL_FLEET.entities * part),
    images: Math.ceil(FULL_FLEET.images * part),
    findingsPerImage: FULL_FLEET.findingsPerImage,
  };
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const findings = size.images * size.findingsPerImage;
  say(
    `Node ${process.version}, ${availableParallelism()} cores (${
      cpus()[0].model
    }), ${size.entities.toLocaleString('en')} services of ${
      size.groups
    } groups, ${size.images.toLocaleString(
      'en',
    )} images, ${findings.toLocaleString('en')} findings`,
  );
  for (const open of [openSqlite, openPostgres]) {
    const database = await open();
    try {
      say(`\n${database.name}\n`);
      const start = Date.now();
      await buildFleet(database.knex, size);
      say(
        `filled in ${((Date.now() - start) / 1000).toFixed(
          0,
        )} s, ${await database.sizeOf()}\n`,
      );
      say(await measure(database.knex, size));
    } finally {
      await database.close();
    }
  }
}

type FleetDatabase = {
  name: string;
  knex: Knex;
  sizeOf: () => Promise<string>;
  close: () => Promise<void>;
};

async function openSqlite(): Promise<FleetDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'supply-chain-fleet-'));
  const filename = join(directory, 'fleet.sqlite');
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
  return {
    name: 'SQLite',
    knex,
    sizeOf: async () => megabytes((await stat(filename)).size),
    close: async () => {
      await knex.destroy();
      await rm(directory, { recursive: true });
    },
  };
}

/** The one that is named, or one of its own, as in the tests. */
async function openPostgres(): Promise<FleetDatabase> {
  const named =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  const server = named ? undefined : await startPostgres();
  const knex = knexFactory({
    client: 'pg',
    connection: named ?? server!.connectionString,
  });
  return {
    name: 'PostgreSQL',
    knex,
    sizeOf: async () => {
      const { rows } = await knex.raw(
        'select pg_database_size(current_database()) as bytes',
      );
      return megabytes(Number(rows[0].bytes));
    },
    close: async () => {
      await knex.destroy();
      await server?.stop();
    },
  };
}

async function startPostgres(): Promise<{
  connectionString: string;
  stop: () => Promise<void>;
}> {
  // A module of the scripts, which this compiler does not know.
  const path = join(__dirname, '../../scripts/test/postgres.mjs');
  return (await import(path)).startPostgres();
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024).toLocaleString('en')} MiB`;
}

async function measure(knex: Knex, size: FleetSize): Promise<string> {
  const policySet = fleetPolicies();
  const service = DefaultSupplyChainService.create({
    knex,
    policySet: () => policySet,
    onLookRequested: () => {},
    now: () => NOW,
    sandbox: false,
  });
  const rows: string[][] = [];
  for (const query of fleetQueries(service, size)) {
    const times: number[] = [];
    await query.run(ROUNDS);
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      await query.run(round);
      times.push(performance.now() - start);
    }
    times.sort((one, other) => one - other);
    const at = (part: number) => times[Math.ceil(times.length * part) - 1];
    rows.push([
      query.name,
      `${at(0.5).toFixed(1)} ms`,
      `${at(0.95).toFixed(1)} ms`,
      at(0.95) <= BAR_MS ? 'met' : 'missed',
    ]);
  }
  return `${formatTable([
    ['', 'median', 'p95', `${BAR_MS} ms at p95`],
    ...rows,
  ])}\n\nmemory of the process: ${megabytes(process.memoryUsage.rss())}`;
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
