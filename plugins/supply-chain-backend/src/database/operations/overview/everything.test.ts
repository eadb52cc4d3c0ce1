import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { SEES_EVERYTHING } from '../../../permissions/VisibleEntities';
import {
  examplePolicySet,
  fillExampleWorld,
  REFS,
} from '../../../service/__testUtils__/exampleWorld';
import {
  digestOf,
  StoredWorld,
} from '../../../service/__testUtils__/StoredWorld';
import { countImages } from './countImages';
import { countServices } from './countServices';
import { countUnknownReasons } from './countUnknownReasons';
import { listFacets } from './listFacets';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const EXAMPLES = Object.values(REFS);

/** What it is counted as where it runs in several places, never started, has no digest, stopped, and belongs to nobody. */
async function addOddRuns(knex: Knex): Promise<void> {
  const world = new StoredWorld({ knex, policySet: examplePolicySet() });
  await world.addEntity({ name: 'odd', owner: 'group:default/odd' });
  const entityRefs = ['component:default/odd'];
  const run = {
    cluster: 'odd',
    namespace: 'odd',
    repository: 'registry.acme.example/odd',
    tag: '1',
    digest: digestOf('d'),
    entityRefs,
  };
  await world.addRun({ ...run, workload: 'one' });
  await world.addRun({ ...run, workload: 'two' });
  await world.addRun({ ...run, workload: 'three', started: false });
  await world.addRun({ ...run, workload: 'four', digest: undefined });
  await world.addRun({ ...run, workload: 'five', digest: undefined });
  await world.addRun({
    ...run,
    workload: 'six',
    digest: digestOf('e'),
    running: false,
  });
  await world.addRun({ ...run, workload: 'seven', entityRefs: [] });
  await world.summarise();
}

describe.each(databases.eachSupportedId())('everything, on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await openTestDatabase(databases, id);
    await fillExampleWorld({
      knex,
      policySet: examplePolicySet(),
      hidden: true,
    });
    await addOddRuns(knex);
  });

  it('comes to what is counted service by service', async () => {
    const refs: string[] = await knex('entities').pluck('ref');
    expect(refs).toEqual(expect.arrayContaining([...EXAMPLES]));
    const everything = { knex, visible: SEES_EVERYTHING, filter: {} };
    const each = { ...everything, visible: { ...SEES_EVERYTHING, refs } };

    expect(await countImages(everything)).toEqual(await countImages(each));
    expect(await countServices(everything)).toEqual(await countServices(each));
    expect(await countUnknownReasons(everything)).toEqual(
      await countUnknownReasons(each),
    );
    expect(await listFacets(everything)).toEqual(await listFacets(each));
  });

  it('counts an image of one digest once, what has no digest by where it runs, and only what runs and started', async () => {
    const filter = { owners: ['group:default/odd'] };
    const narrowed = { knex, visible: SEES_EVERYTHING, filter };
    expect((await countImages(narrowed)).images).toBe(3);

    const all = await countImages({ ...narrowed, filter: {} });
    const others = await countImages({
      knex,
      visible: { ...SEES_EVERYTHING, refs: EXAMPLES },
      filter: {},
    });
    expect(all.images).toBe(others.images + 3);
  });

  it('is none of it for somebody who sees nothing', async () => {
    const visible = { ...SEES_EVERYTHING, rules: 'none' as const };
    const nothing = { knex, visible, filter: {} };
    expect((await countImages(nothing)).images).toBe(0);
    expect(Object.values(await countServices(nothing))).toEqual(
      Object.values(await countServices(nothing)).map(() => 0),
    );
    expect((await listFacets(nothing)).clusters).toEqual([]);
  });
});
