import { randomUUID } from 'node:crypto';
import { parseDigest } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { ReferenceTask } from '../../../stores/ReferenceStore';
import { databaseTime, isPostgres } from '../../databaseTime';
import { ReferenceWorkRow, RunningImageRow } from '../../tables';
import { whereLinked } from './whereLinked';

/** Options of {@link takeReferences}. */
export type TakeReferencesOptions = {
  knex: Knex;
  limit: number;
  leaseMs: number;
};

type NamedRow = Pick<RunningImageRow, 'id' | 'image_ref' | 'last_seen'> & {
  digest: string | null;
  entity_ref: string;
};

/** Takes due references that nobody works on, each with what is known of it. */
export async function takeReferences(
  options: TakeReferencesOptions,
): Promise<ReferenceTask[]> {
  const { knex, limit, leaseMs } = options;
  return knex.transaction(async transaction => {
    const rows: ReferenceWorkRow[] = await transaction<ReferenceWorkRow>(
      'reference_work',
    )
      .where('next_attempt_at', '<=', databaseTime(transaction))
      .where(query =>
        query
          .whereNull('lease_expires_at')
          .orWhere('lease_expires_at', '<', databaseTime(transaction)),
      )
      .orderBy(['next_attempt_at', 'running_image_id'])
      .limit(limit)
      .modify(query => {
        if (isPostgres(transaction)) {
          query.forUpdate().skipLocked();
        }
      });
    if (rows.length === 0) {
      return [];
    }
    const ids = rows.map(row => row.running_image_id);
    const lease = randomUUID();
    await transaction<ReferenceWorkRow>('reference_work')
      .whereIn('running_image_id', ids)
      .update({
        lease_holder: lease,
        lease_expires_at: databaseTime(transaction, leaseMs) as never,
      });
    const named = await readNamed(transaction, ids);
    const linked = new Set<string>(
      await annotated(transaction, ids)
        .modify(query => whereLinked(transaction, query))
        .pluck('named.id'),
    );
    return rows.flatMap(row => {
      const image = named.get(row.running_image_id);
      return image
        ? [taskOf({ row, image, lease, isLinked: linked.has(image.id) })]
        : [];
    });
  });
}

function annotated(
  transaction: Knex.Transaction,
  ids: string[],
): Knex.QueryBuilder {
  return transaction('running_images as named')
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'named.id',
    )
    .whereIn('named.id', ids);
}

async function readNamed(
  transaction: Knex.Transaction,
  ids: string[],
): Promise<Map<string, NamedRow>> {
  const rows: NamedRow[] = await annotated(transaction, ids).select(
    'named.id',
    'named.image_ref',
    'named.last_seen',
    'named.digest',
    'links.entity_ref',
  );
  return new Map(rows.map(row => [row.id, row]));
}

function taskOf(options: {
  row: ReferenceWorkRow;
  image: NamedRow;
  lease: string;
  isLinked: boolean;
}): ReferenceTask {
  const { row, image, lease, isLinked } = options;
  const digest = parseDigest(image.digest);
  return {
    runningImageId: image.id,
    entityRef: image.entity_ref,
    imageRef: image.image_ref,
    isLinked,
    ...(digest && { known: { digest, at: image.last_seen } }),
    attempts: row.attempts,
    ticket: row.ticket,
    lease,
  };
}
