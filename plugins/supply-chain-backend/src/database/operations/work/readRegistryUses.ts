import { Knex } from 'knex';
import { LookTask } from '../../../stores/EvidenceStore';
import { DatabaseBoolean } from '../../tables';

/** Options of {@link readRegistryUses}. */
export type ReadRegistryUsesOptions = { knex: Knex; subjectKeys: string[] };

type RegistryUse = LookTask['use'];

type PlaceRow = {
  subject_key: string;
  cluster: string;
  namespace: string;
  annotated: DatabaseBoolean;
  entity_ref: string | null;
};

/** For whom each subject is looked at: where it runs, for which entities, or who names it. Decides on credentials (L30). */
export async function readRegistryUses(
  options: ReadRegistryUsesOptions,
): Promise<Map<string, RegistryUse>> {
  const { knex, subjectKeys } = options;
  const rows: PlaceRow[] = await knex('running_images as runs')
    .leftJoin(
      'running_image_entities as links',
      'links.running_image_id',
      'runs.id',
    )
    .whereIn('runs.subject_key', subjectKeys)
    .where('runs.running', true)
    .distinct(
      'runs.subject_key',
      'runs.cluster',
      'runs.namespace',
      'runs.annotated',
      'links.entity_ref',
    );
  const uses = new Map<string, RegistryUse>();
  for (const { subject_key, cluster, namespace, ...row } of rows) {
    const use = uses.get(subject_key) ?? { places: [] };
    use.places.push({
      // What an annotation names runs nowhere: credentials that are bound to places are not for it.
      ...(!row.annotated && { cluster, namespace }),
      ...(row.entity_ref && { entityRef: row.entity_ref }),
    });
    uses.set(subject_key, use);
  }
  return uses;
}
