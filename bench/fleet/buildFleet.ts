import { setImmediate } from 'node:timers/promises';
import {
  PolicySet,
  policySetFromBundles,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { isPostgres } from '../../plugins/supply-chain-backend/src/database/databaseTime';
import { migrate } from '../../plugins/supply-chain-backend/src/database/migrations';
import { StoredWorld } from '../../plugins/supply-chain-backend/src/service/__testUtils__/StoredWorld';
import {
  CLUSTERS,
  entityName,
  entityOfImage,
  FleetSize,
  groupOf,
  imageAt,
  scanOfImage,
} from './fleetShape';

const POLICY = `
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: baseline }
spec:
  rules:
    - use: registry-allowed
      with: { allow: ['registry.acme.example/**'] }
    - use: scan-fresh
    - use: no-fixable-vulnerability
`;

/** Services written in one transaction. */
const BATCH = 50;

export function fleetPolicies(): PolicySet {
  const loaded = policySetFromBundles([
    { source: 'fleet.yaml', fromUrl: false, text: POLICY, files: {} },
  ]);
  if (!loaded.ok) {
    throw new Error(JSON.stringify(loaded.problems));
  }
  return loaded.policySet;
}

/** Fills an empty database through the functions that fill it in production. */
export async function buildFleet(knex: Knex, size: FleetSize): Promise<void> {
  await migrate(knex);
  const policySet = fleetPolicies();
  await inBatches(knex, size.entities, async (transaction, start, end) => {
    const world = new StoredWorld({ knex: transaction, policySet });
    for (let entity = start; entity < end; entity += 1) {
      await world.addEntity({
        name: entityName(entity),
        owner: groupOf(entity, size),
        lifecycle: entity % 5 === 0 ? 'experimental' : 'production',
      });
    }
  });
  // A service and its images lie in one batch, so that it is summed up once.
  const images = imagesByEntity(size);
  await inBatches(knex, size.entities, async (transaction, start, end) => {
    const world = new StoredWorld({ knex: transaction, policySet });
    for (let entity = start; entity < end; entity += 1) {
      for (const image of images[entity]) {
        await addImage(world, image, size);
      }
    }
    await world.summarise();
  });
  // As autovacuum leaves a database that has been in use for a while.
  await knex.raw(isPostgres(knex) ? 'vacuum analyze' : 'analyze');
}

async function inBatches(
  knex: Knex,
  count: number,
  write: (transaction: Knex, start: number, end: number) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < count; start += BATCH) {
    await knex.transaction(transaction =>
      write(transaction, start, Math.min(count, start + BATCH)),
    );
    // SQLite lets go of its statements between turns of the event loop, and all of the above is one.
    await setImmediate();
  }
}

function imagesByEntity(size: FleetSize): number[][] {
  const images: number[][] = Array.from({ length: size.entities }, () => []);
  for (let image = 0; image < size.images; image += 1) {
    images[entityOfImage(image, size)].push(image);
  }
  return images;
}

async function addImage(
  world: StoredWorld,
  image: number,
  size: FleetSize,
): Promise<void> {
  const entity = entityOfImage(image, size);
  const place = {
    cluster: `cluster-${image % CLUSTERS}`,
    namespace: `team-${entity % size.groups}`,
    workload: `image-${image}`,
  };
  const evidence = scanOfImage(image, size);
  await world.addReport({ ...place, evidence });
  await world.addRun({
    ...place,
    ...imageAt(image),
    tag: '1.0.0',
    entityRefs: [`component:default/${entityName(entity)}`],
    scans: [evidence],
  });
}
