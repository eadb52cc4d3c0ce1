import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createTestDatabases } from '../__testUtils__/testDatabases';

jest.setTimeout(60_000);

const MIGRATION = '20260810000000_policy_outcomes.js';

const directory = resolvePackagePath(
  'backstage-plugin-supply-chain-backend',
  'migrations',
);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())(
  'the migration that counts by rule on %s',
  id => {
    it('fills its columns from what is stored', async () => {
      const knex = await databases.init(id);
      const [, pending] = await knex.migrate.list({ directory });
      const before = pending.findIndex(
        (each: { file: string }) => each.file === MIGRATION,
      );
      for (let done = 0; done < before; done += 1) {
        await knex.migrate.up({ directory });
      }
      const evaluated_at = '2026-08-01T00:00:00.000Z';
      const runs = [
        { id: 'runs', counted: true, running: true, registry: 'pass' },
        { id: 'worse', counted: true, running: true, registry: 'fail' },
        { id: 'ended', counted: true, running: false, registry: 'unknown' },
        { id: 'waits', counted: false, running: true, registry: 'unknown' },
      ];
      for (const { id: running_image_id, registry, ...state } of runs) {
        await knex('image_summaries').insert({
          running_image_id,
          entity_ref: 'component:default/web',
          subject_key: running_image_id === 'worse' ? null : 'a@sha256:00',
          ...state,
          outcome: registry,
          registry_outcome: registry,
          judged: '{}',
          evaluated_at,
        });
        await knex('verdicts').insert({
          running_image_id,
          entity_ref: 'component:default/web',
          policy_name: 'default',
          policy_digest: 'sha256:00',
          outcome: registry,
          findings: JSON.stringify([
            { outcome: registry },
            { outcome: 'notApplicable' },
          ]),
          facts_digest: '',
          waiver_digest: '',
          evaluated_at,
        });
      }
      await knex('entity_summaries').insert({
        entity_ref: 'component:default/web',
        outcome: 'fail',
        outcome_rank: 0,
        running: true,
        settled: true,
        clusters: '[]',
        summary: '{}',
        problems: '{}',
        hash: '',
      });

      await knex.migrate.up({ directory });
      expect(
        await knex('verdicts')
          .orderBy('running_image_id')
          .select('running_image_id', 'rule_outcomes', 'counted_key'),
      ).toEqual([
        {
          running_image_id: 'ended',
          rule_outcomes: '115',
          counted_key: null,
        },
        {
          running_image_id: 'runs',
          rule_outcomes: '445',
          counted_key: 'a@sha256:00',
        },
        {
          running_image_id: 'waits',
          rule_outcomes: '115',
          counted_key: null,
        },
        {
          running_image_id: 'worse',
          rule_outcomes: '005',
          counted_key: 'worse',
        },
      ]);
      expect(await knex('entity_summaries')).toMatchObject([
        { registry_outcome: 'fail', scan_outcome: null },
      ]);
    });
  },
);
