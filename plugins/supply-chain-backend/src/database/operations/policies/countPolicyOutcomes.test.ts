import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import {
  SEES_EVERYTHING,
  VisibleEntities,
} from '../../../permissions/VisibleEntities';
import { countNotCovered } from './countNotCovered';
import { countPolicyOutcomes } from './countPolicyOutcomes';

jest.setTimeout(60_000);

const databases = createTestDatabases();

const DEFAULT = { name: 'default', digest: 'sha256:now' };

type Run = {
  image: string;
  /** Absent: a workload of no entity. */
  entity?: string;
  /** As `ruleOutcomesOf` writes it; absent: no policy covers it. */
  outcomes?: string | null;
  policy?: { name: string; digest: string };
  /** Whether it runs and started. */
  counted?: boolean;
};

describe.each(databases.eachSupportedId())(
  'what policies come to on %s',
  id => {
    let knex: Knex;
    let runs: number;

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
      runs = 0;
      for (const name of ['web', 'api', 'vault']) {
        await knex('entities').insert({
          ref: `component:default/${name}`,
          kind: 'component',
          namespace: 'default',
          name,
          annotations: '{}',
          hash: name,
          seen_at: '2026-11-25T12:00:00.000Z',
        });
      }
    });

    const add = async (run: Run) => {
      const { image, entity, policy = DEFAULT, counted = true } = run;
      runs += 1;
      const place = {
        running_image_id: `run-${runs}`,
        entity_ref: entity ? `component:default/${entity}` : '',
      };
      const evaluated_at = '2026-11-25T12:00:00.000Z';
      const outcome = run.outcomes === undefined ? 'notApplicable' : 'pass';
      await knex('image_summaries').insert({
        ...place,
        subject_key: `${image}@sha256:00`,
        counted,
        running: true,
        outcome,
        judged: '{}',
        evaluated_at,
      });
      if (run.outcomes !== undefined) {
        await knex('verdicts').insert({
          ...place,
          policy_name: policy.name,
          policy_digest: policy.digest,
          outcome,
          findings: '[]',
          facts_digest: '',
          waiver_digest: '',
          evaluated_at,
          rule_outcomes: run.outcomes,
          counted_key: counted ? `${image}@sha256:00` : null,
        });
      }
    };

    const count = async (visible: Partial<VisibleEntities> = {}) => {
      const { images, services, outdated } = await countPolicyOutcomes({
        knex,
        visible: { ...SEES_EVERYTHING, ...visible },
        policy: DEFAULT,
      });
      const text = (groups: typeof images) =>
        groups
          .map(group => `${group.count} × ${[...group.places].sort().join()}`)
          .sort();
      return { images: text(images), services: text(services), outdated };
    };

    it('is counted once for each image and service, with what it came to in each place', async () => {
      await add({ image: 'a', entity: 'web', outcomes: '44' });
      await add({ image: 'a', entity: 'api', outcomes: '00' });
      await add({ image: 'a', entity: 'api', outcomes: '00' });
      await add({ image: 'b', entity: 'web', outcomes: '44' });
      await add({ image: 'c', entity: 'web', outcomes: '44' });
      expect(await count()).toEqual({
        images: ['1 × 00,44', '2 × 44'],
        services: ['1 × 00', '1 × 44'],
        outdated: 0,
      });
    });

    it('leaves out what does not count and other policies', async () => {
      await add({ image: 'a', entity: 'web', outcomes: '44', counted: false });
      await add({
        image: 'b',
        entity: 'web',
        outcomes: '44',
        policy: { name: 'other', digest: 'sha256:now' },
      });
      expect(await count()).toEqual({ images: [], services: [], outdated: 0 });
    });

    it('counts what another version said as outdated, once for each image', async () => {
      const policy = { name: 'default', digest: 'sha256:before' };
      await add({ image: 'a', entity: 'web', outcomes: '44', policy });
      await add({ image: 'a', entity: 'api', outcomes: '44', policy });
      expect(await count()).toEqual({ images: [], services: [], outdated: 1 });
    });

    it('is nothing where an older version wrote no outcomes', async () => {
      await add({ image: 'a', entity: 'web', outcomes: null });
      expect(await count()).toMatchObject({ images: ['1 × '] });
    });

    it('counts only what the caller sees (L33)', async () => {
      await add({ image: 'a', entity: 'web', outcomes: '44' });
      await add({ image: 'a', entity: 'vault', outcomes: '00' });
      await add({ image: 'b', entity: 'vault', outcomes: '00' });
      await add({ image: 'c', outcomes: '11' });
      expect(
        await count({ refs: ['component:default/web'], unlinked: false }),
      ).toEqual({ images: ['1 × 44'], services: ['1 × 44'], outdated: 0 });
      expect(await count({ rules: 'none' })).toEqual({
        images: ['1 × 11'],
        services: [],
        outdated: 0,
      });
      expect((await count()).images).toEqual(['1 × 00', '1 × 00,44', '1 × 11']);
    });

    it('names how many images no policy covers anywhere', async () => {
      await add({ image: 'a', entity: 'web' });
      await add({ image: 'a', entity: 'api', outcomes: '44' });
      await add({ image: 'b', entity: 'web' });
      await add({ image: 'b', entity: 'vault' });
      await add({ image: 'c', entity: 'vault' });
      await add({ image: 'd', entity: 'web', counted: false });
      expect(await countNotCovered({ knex, visible: SEES_EVERYTHING })).toBe(2);
      expect(
        await countNotCovered({
          knex,
          visible: { ...SEES_EVERYTHING, refs: ['component:default/web'] },
        }),
      ).toBe(2);
      expect(
        await countNotCovered({
          knex,
          visible: { ...SEES_EVERYTHING, rules: 'none' },
        }),
      ).toBe(0);
    });
  },
);
