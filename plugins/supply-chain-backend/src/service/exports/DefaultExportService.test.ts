import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/testDatabases';
import { SEES_EVERYTHING } from '../../permissions/VisibleEntities';
import { scanOf } from '../__testUtils__/exampleEvidence';
import { examplePolicySet } from '../__testUtils__/exampleWorld';
import { digestOf, NOW, StoredWorld } from '../__testUtils__/StoredWorld';
import { DefaultExportService } from './DefaultExportService';
import { ExportedRows } from './ExportService';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** More than are read at a time, twice. */
const MANY = 450;

const IMAGE = { repository: 'registry.acme.example/a', digest: digestOf('a') };
const SERVICE = 'component:default/api';

const numbered = (index: number) => String(index).padStart(4, '0');

/** Reads on after something has happened that comes between the first rows and the others. */
async function readAcross<T>(
  rows: ExportedRows<T>,
  change: () => Promise<void>,
): Promise<T[]> {
  const all: T[] = [];
  let isChanged = false;
  for await (const some of rows) {
    all.push(...some);
    if (!isChanged) {
      isChanged = true;
      await change();
    }
  }
  return all;
}

describe.each(databases.eachSupportedId())('exports on %s', id => {
  let knex: Knex;
  let world: StoredWorld;
  let service: DefaultExportService;
  const policySet = examplePolicySet();

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    world = new StoredWorld({ knex, policySet });
    service = DefaultExportService.create({
      knex,
      policySet: () => policySet,
      now: () => NOW,
      sandbox: false,
    });
    await world.addEntity({ name: 'api', owner: 'group:default/a' });
  });

  /** An image with many vulnerabilities, of which the first have the greatest numbers. */
  async function addVulnerabilities(): Promise<void> {
    const scan = scanOf(IMAGE);
    const [finding] = scan.detail!.findings;
    const evidence = {
      ...scan,
      detail: {
        ...scan.detail!,
        findings: Array.from({ length: MANY }, (_, index) => ({
          ...finding,
          id: `CVE-2026-${numbered(index)}`,
        })),
      },
    };
    const place = { cluster: 'prod', namespace: 'a', workload: 'api' };
    await world.addRun({
      ...place,
      ...IMAGE,
      tag: '1',
      entityRefs: [SERVICE],
      scans: [evidence],
    });
    await world.addReport({ ...place, evidence });
    await world.summarise();
  }

  /** The service of the example many times over. */
  async function addServices(): Promise<void> {
    const [entity] = await knex('entities').where({ ref: SERVICE });
    const [summary] = await knex('entity_summaries');
    const names = Array.from({ length: MANY }, (_, i) => `s-${numbered(i)}`);
    const refOf = (name: string) => `component:default/${name}`;
    await knex.batchInsert(
      'entities',
      names.map(name => ({ ...entity, ref: refOf(name), name })),
      50,
    );
    await knex.batchInsert(
      'entity_summaries',
      names.map(name => ({ ...summary, entity_ref: refOf(name) })),
      50,
    );
  }

  /** One vulnerability in many images of no service. */
  async function addPlaces(): Promise<void> {
    await addVulnerabilities();
    const [summary] = await knex('image_summaries');
    const [run] = await knex('running_images');
    const keys = Array.from({ length: MANY }, (_, i) => `r/${numbered(i)}@d`);
    await knex.batchInsert(
      'running_images',
      keys.map(key => ({ ...run, id: key, subject_key: key })),
      50,
    );
    await knex.batchInsert(
      'image_summaries',
      keys.map(key => ({
        ...summary,
        running_image_id: key,
        subject_key: key,
        entity_ref: '',
      })),
      50,
    );
  }

  const unfiltered = { caller: SEES_EVERYTHING, filter: {} };

  it('hold every service once, however they move meanwhile', async () => {
    await addVulnerabilities();
    await addServices();
    const rows = await readAcross(
      service.services({
        ...unfiltered,
        order: { by: 'name', direction: 'asc' },
      }),
      async () => {
        // To the end; in pages by offset the 250th would be passed over.
        await knex('entities')
          .where({ ref: 'component:default/s-0000' })
          .update({ name: 'z' });
        await knex('entity_summaries')
          .where({ entity_ref: 'component:default/s-0001' })
          .delete();
      },
    );
    expect(rows.map(row => row.entityRef)).toEqual([
      SERVICE,
      ...Array.from(
        { length: MANY },
        (_, index) => `component:default/s-${numbered(index)}`,
      ),
    ]);
  });

  it.each([
    ['who sees everything', SEES_EVERYTHING],
    ['who sees some', { ...SEES_EVERYTHING, refs: [SERVICE] }],
  ])(
    'hold every vulnerability once, however they move meanwhile, for %s',
    async (_, caller) => {
      await addVulnerabilities();
      const rows = await readAcross(
        service.vulnerabilities({ ...unfiltered, caller }),
        // The last one to the front.
        async () => {
          await knex('vulnerabilities')
            .where({ name: 'CVE-2026-0000' })
            .update({ severity: 0 });
          await knex('finding_set_members')
            .whereIn(
              'vulnerability_id',
              knex('vulnerabilities')
                .where({ name: 'CVE-2026-0000' })
                .select('id'),
            )
            .update({ severity: 0 });
        },
      );
      expect(rows.map(row => row.id)).toEqual(
        Array.from(
          { length: MANY },
          (__, index) => `CVE-2026-${numbered(MANY - 1 - index)}`,
        ),
      );
      expect(new Set(rows.map(row => row.images))).toEqual(new Set([1]));
    },
  );

  it('hold every place once, but for what has gone from SQLite meanwhile', async () => {
    await addPlaces();
    const name = { id: 'CVE-2026-0007' };
    const last = `r/${numbered(MANY - 1)}@d`;
    const rows = await readAcross(
      service.places({ caller: SEES_EVERYTHING, ...name }),
      async () => {
        await knex('image_summaries').where({ subject_key: last }).delete();
        await knex('running_images').where({ id: last }).delete();
      },
    );
    // They are copies that only their keys tell apart; the service stands last.
    expect(rows).toHaveLength(id === 'SQLITE_3' ? MANY : MANY + 1);
    expect(rows.at(-1)).toMatchObject({ ...IMAGE, entityRef: SERVICE });
    expect(rows[0]).not.toHaveProperty('entityRef');
  });

  it('keep no connection when nobody reads on', async () => {
    await addVulnerabilities();
    for await (const rows of service.vulnerabilities(unfiltered)) {
      expect(rows.length).toBeLessThan(MANY);
      break;
    }
    expect(knex.client.pool.numUsed()).toBe(0);
  });
});
