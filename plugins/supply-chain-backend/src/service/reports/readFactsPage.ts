import {
  PolicyFacts,
  PolicySet,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { listVisibleRuns } from '../../database/operations/runningImages/listVisibleRuns';
import { loadFactsInputs } from '../../database/operations/verdicts/loadFactsInputs';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { factsOf } from '../../verdict/factsOf';
import { withoutOtherTags, withoutScannedWorkload } from './withoutOthers';

/** A page ends before it has more characters of JSON than this, but never before its first image. */
const PAGE_MAX_CHARACTERS = 8 * 1024 * 1024;

/** Options of {@link readFactsPage}. */
export type ReadFactsPageOptions = {
  knex: Knex;
  visible: VisibleEntities;
  /** Absent before policies have been read for the first time. */
  policySet: PolicySet | undefined;
  /** The `next` of the page before. */
  after?: string;
  /** Running images. */
  limit: number;
  maxCharacters?: number;
};

/**
 * What the policies of the portal are evaluated on, for what runs and may be seen: an item for each entity a running
 * image belongs to (L18). Pages are read one after the other, not at one instant.
 */
export async function readFactsPage(
  options: ReadFactsPageOptions,
): Promise<schema.FactsPage> {
  const { knex, visible, after, limit } = options;
  const { maxCharacters = PAGE_MAX_CHARACTERS } = options;
  const trustRoots = options.policySet?.trustRoots ?? [];
  const runs = await listVisibleRuns({
    knex,
    visible,
    after,
    limit: limit + 1,
  });
  const page = runs.slice(0, limit);
  const inputs = await loadFactsInputs({
    knex,
    rows: page.map(({ row }) => row),
  });
  const items: {}[] = [];
  let characters = 0;
  let last: string | undefined;
  for (const { row, entityRefs } of page) {
    const input = inputs.get(row.id)!;
    const seen = input.entities.filter(({ ref }) => entityRefs.has(ref));
    const facts = (entityRefs.size > 0 ? seen : [null]).map(entity =>
      shownFacts(factsOf({ input, entity, trustRoots })),
    );
    characters += JSON.stringify(facts).length;
    if (last !== undefined && characters > maxCharacters) {
      return { items, next: last };
    }
    items.push(...facts);
    last = row.id;
  }
  return {
    items,
    ...(last !== undefined && runs.length > limit && { next: last }),
  };
}

function shownFacts({ origin, scans, ...facts }: PolicyFacts): {} {
  return {
    ...facts,
    ...(origin && { origin: withoutOtherTags(origin, [facts.image.imageRef]) }),
    scans: scans.map(withoutScannedWorkload),
  };
}
