import { Knex } from 'knex';
import { LookTask } from '../../../stores/EvidenceStore';

/** Options of {@link readRegistryUses}. */
export type ReadRegistryUsesOptions = { knex: Knex; subjectKeys: string[] };

type RegistryUse = LookTask['use'];

type PlaceRow = {
  subject_key: string;
  cluster: string;
  namespace: string;
  entity_ref: string | null;
};

/** For whom each subject is looked at: where it runs, for which entities. Decides on credentials (L30). */
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
      'links.entity_ref',
    );
  const uses = new Map<string, RegistryUse>();
  for (const { subject_key, cluster, namespace, entity_ref } of rows) {
    const use = uses.get(subject_key) ?? { places: [] };
    use.places.push({
      cluster,
      namespace,
      ...(entity_ref && { entityRef: entity_ref }),
    });
    uses.set(subject_key, use);
  }
  return uses;
}
