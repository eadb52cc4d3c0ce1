import { ConflictError } from '@backstage/errors';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readDatabaseTime } from '../../database/databaseTime';
import { lastKnownRuns } from '../../database/operations/images/lastKnownRuns';
import { listEntityRuns } from '../../database/operations/images/listEntityRuns';
import { requestReferences } from '../../database/operations/references/requestReferences';
import { requestLooks } from '../../database/operations/work/requestLooks';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { requireEntity } from './readEntityReport';

/** Before everything that no person waits for. */
const PEOPLE_WAIT_PRIORITY = 100;

/** Options of {@link recheckEntity}. */
export type RecheckEntityOptions = {
  knex: Knex;
  /** Full entity ref, lower case. */
  ref: string;
  visible: VisibleEntities;
};

/**
 * Queues a look at everything that runs for an entity or that its annotation names; what was not found before is looked
 * for again (L7), and tags are resolved again.
 */
export async function recheckEntity(
  options: RecheckEntityOptions,
): Promise<schema.RecheckTicket> {
  const { knex, ref } = options;
  await requireEntity(options);
  const runs = lastKnownRuns(await listEntityRuns({ knex, entityRef: ref }));
  const keys = new Set(runs.flatMap(run => run.subject_key ?? []));
  const annotated = runs.filter(run => run.annotated);
  const unresolved = annotated.filter(run => !run.subject_key);
  const queued = keys.size + unresolved.length;
  if (queued === 0) {
    throw new ConflictError(
      `Expected '${ref}' to run an image with a known digest, got none`,
    );
  }
  await knex.transaction(async transaction => {
    await requestReferences({
      knex: transaction,
      runningImageIds: annotated.map(run => run.id),
    });
    await requestLooks({
      transaction,
      subjectKeys: [...keys],
      priority: PEOPLE_WAIT_PRIORITY,
      fresh: true,
    });
  });
  return { queued, requestedAt: await readDatabaseTime(knex) };
}
