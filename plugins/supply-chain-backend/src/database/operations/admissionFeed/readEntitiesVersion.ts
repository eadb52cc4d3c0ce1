import { Knex } from 'knex';
import { contentHash } from '../../contentHash';
import { EntityRow } from '../../tables';

/** Options of {@link readEntitiesVersion}. */
export type ReadEntitiesVersionOptions = {
  knex: Knex;
  /** What else it stands for. */
  beside: unknown;
};

/** Differs whenever an entity that can be linked to pods does. */
export async function readEntitiesVersion(
  options: ReadEntitiesVersionOptions,
): Promise<string> {
  const { knex, beside } = options;
  const rows: Pick<EntityRow, 'ref' | 'hash'>[] = await knex<EntityRow>(
    'entities',
  )
    .where('annotations', 'like', '%backstage.io/kubernetes-%')
    .orderBy('ref')
    .select('ref', 'hash');
  return contentHash([rows.map(({ ref, hash }) => [ref, hash]), beside]);
}
