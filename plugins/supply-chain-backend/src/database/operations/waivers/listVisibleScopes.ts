import { WaiverScope } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { chunksOf } from '../../chunks';

/** Options of {@link listVisibleRefs}. */
export type ListVisibleRefsOptions = {
  knex: Knex;
  visible: VisibleEntities;
  refs: Iterable<string>;
};

/** Which of some entities the caller may see. */
export async function listVisibleRefs(
  options: ListVisibleRefsOptions,
): Promise<Set<string>> {
  const { knex, visible } = options;
  const found = new Set<string>();
  for (const refs of chunksOf([...new Set(options.refs)])) {
    const query = knex('entities').whereIn('entities.ref', refs);
    applyVisibility(knex, query, visible);
    for (const ref of await query.pluck('entities.ref')) {
      found.add(ref);
    }
  }
  return found;
}

/** An image of a visible entity or, with an empty ref, of a workload of none. */
export type VisibleImageLink = {
  repository: string;
  digest: string | null;
  entityRef: string;
};

/** Options of {@link listVisibleImageLinks}. */
export type ListVisibleImageLinksOptions = {
  knex: Knex;
  visible: VisibleEntities;
  /** One of these repositories; absent: any. */
  repositories?: string[];
  digest?: string;
  entityRef?: string;
};

/** Images as far as the caller may see who runs them or names them (L33). */
export async function listVisibleImageLinks(
  options: ListVisibleImageLinksOptions,
): Promise<VisibleImageLink[]> {
  const { knex, visible, entityRef } = options;
  const linked = imagesOf(options)
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'runs.id',
    )
    .join('entities', 'entities.ref', 'links.entity_ref')
    .distinct(
      'runs.repository',
      'runs.digest',
      knex.ref('links.entity_ref').as('entityRef'),
    );
  if (entityRef) {
    linked.where('links.entity_ref', entityRef);
  }
  applyVisibility(knex, linked, visible);
  const links: VisibleImageLink[] = await linked;
  if (!visible.unlinked || entityRef) {
    return links;
  }
  const unlinked: Omit<VisibleImageLink, 'entityRef'>[] = await imagesOf(
    options,
  )
    .where('runs.annotated', false)
    .whereNotExists(
      knex('running_image_entities as links')
        .whereRaw('links.running_image_id = runs.id')
        .select(knex.raw('1')),
    )
    .distinct('runs.repository', 'runs.digest');
  return [...links, ...unlinked.map(each => ({ ...each, entityRef: '' }))];
}

function imagesOf(options: ListVisibleImageLinksOptions): Knex.QueryBuilder {
  const { knex, repositories, digest } = options;
  const query = knex('running_images as runs').whereNotNull('runs.repository');
  if (repositories) {
    query.whereIn('runs.repository', repositories);
  }
  if (digest) {
    query.where('runs.digest', digest);
  }
  return query;
}

/** Whether an image of an entity is in a scope. */
export function isInScope(scope: WaiverScope, link: VisibleImageLink): boolean {
  const { repository, digest, entity } = scope;
  return (
    (repository === undefined || repository === link.repository) &&
    (digest === undefined || digest === link.digest) &&
    (entity === undefined || entity === link.entityRef)
  );
}
