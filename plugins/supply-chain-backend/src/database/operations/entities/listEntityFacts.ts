import { EntityFacts } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { EntityRow } from '../../tables';
import { entityFactsOf } from './entityFactsOf';

/** Options of {@link listEntityFacts}. */
export type ListEntityFactsOptions = { knex: Knex; refs: string[] };

/** Some entities as policies see them, by ref. The caller may see them. */
export async function listEntityFacts(
  options: ListEntityFactsOptions,
): Promise<Map<string, EntityFacts>> {
  const { knex, refs } = options;
  const rows: EntityRow[] = await knex<EntityRow>('entities').whereIn(
    'ref',
    refs,
  );
  return new Map(rows.map(row => [row.ref, entityFactsOf(row)]));
}
