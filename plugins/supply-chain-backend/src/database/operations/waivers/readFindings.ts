import { Finding, JudgedImage } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { FindingPlace } from '../../../stores/WaiverStore';

/** Options of {@link readFindings}. */
export type ReadFindingsOptions = FindingPlace & { knex: Knex };

/** What one rule says of an image in all places where it runs, or where an annotation names it, for one entity. */
export async function readFindings(
  options: ReadFindingsOptions,
): Promise<Finding[]> {
  const { knex, entityRef, repository, digest, policy, rule } = options;
  const rows: string[] = await knex('image_summaries')
    .join(
      'running_images',
      'running_images.id',
      'image_summaries.running_image_id',
    )
    .where({
      'running_images.running': true,
      'running_images.repository': repository,
      'running_images.digest': digest ?? null,
      'image_summaries.entity_ref': entityRef,
    })
    .orderBy('running_images.id')
    .pluck('image_summaries.judged');
  return rows
    .flatMap(judged => (JSON.parse(judged) as JudgedImage).verdicts)
    .filter(verdict => verdict.policy.name === policy)
    .flatMap(({ findings }) => findings)
    .filter(({ ruleId }) => ruleId === rule);
}
