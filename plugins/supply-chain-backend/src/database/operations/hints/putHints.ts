import { ReceivedHint } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { SourceHintRow } from '../../tables';

/** More waiting hints of one source than this are one for everything. */
export const HINTS_PER_SOURCE = 200;

/** Nobody took them for this long: their source is gone. */
const KEPT_MS = 60 * 60_000;

/** Options of {@link putHints}. */
export type PutHintsOptions = {
  knex: Knex;
  feed: string;
  source: string;
  hints: string[];
};

/** Adds hints of one source. */
export async function putHints(options: PutHintsOptions): Promise<void> {
  const { knex, feed, source, hints } = options;
  await knex.transaction(async transaction => {
    const rows = () => transaction<SourceHintRow>('source_hints');
    const put = (added: string[]) =>
      rows()
        .insert(
          added.map(hint => ({
            feed,
            source,
            hint,
            received_at: databaseTime(transaction) as never,
          })),
        )
        .onConflict(['feed', 'source', 'hint'])
        .ignore();
    await rows()
      .where('received_at', '<', databaseTime(transaction, -KEPT_MS))
      .delete();
    await put(hints);
    const [{ count }] = await rows()
      .where({ feed, source })
      .count({ count: '*' });
    if (Number(count) > HINTS_PER_SOURCE) {
      await rows().where({ feed, source }).delete();
      await put(['']);
    }
  });
}

/** The hints of one source by its names. */
export function groupBySource(
  hints: ReceivedHint[],
): Array<{ feed: string; source: string; hints: string[] }> {
  const groups = new Map<
    string,
    { feed: string; source: string; hints: string[] }
  >();
  for (const { feed, source, hint } of hints) {
    const key = JSON.stringify([feed, source]);
    const group = groups.get(key) ?? { feed, source, hints: [] };
    group.hints.push(hint);
    groups.set(key, group);
  }
  return [...groups.values()];
}
