import {
  compileNamespaceClaims,
  NamespaceClaims,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { EntityRow } from '../../tables';
import { entityFactsOf } from '../entities/entityFactsOf';
import { updateEntitySummaries } from '../summaries/updateEntitySummaries';

/** Options of {@link removeForbiddenLinks}. */
export type RemoveForbiddenLinksOptions = {
  knex: Knex;
  claims: NamespaceClaims;
  now: Date;
};

type Place = EntityRow & { cluster: string; place_namespace: string };

const TABLES = ['running_image_entities', 'verdicts', 'image_summaries'];

/**
 * Takes what no longer runs from entities that may not claim its namespace (L31). Linking anew looks at pods only, and
 * what stopped would stay on their pages as last known.
 */
export async function removeForbiddenLinks(
  options: RemoveForbiddenLinksOptions,
): Promise<void> {
  const { knex, claims, now } = options;
  const mayClaim = compileNamespaceClaims(claims);
  const places = await readPlaces(knex);
  const forbidden = places.filter(
    place =>
      !mayClaim({
        entity: entityFactsOf(place),
        cluster: place.cluster,
        namespace: place.place_namespace,
      }),
  );
  for (const place of forbidden) {
    await knex.transaction(async transaction => {
      await removePlace(transaction, place);
      const entityRefs = [place.ref];
      await updateEntitySummaries({ transaction, entityRefs, now });
    });
  }
}

/** Every namespace in which something stopped, with the entities it is shown to. */
async function readPlaces(knex: Knex): Promise<Place[]> {
  return knex('running_images')
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'running_images.id',
    )
    .join('entities', 'entities.ref', 'links.entity_ref')
    .where('running_images.running', false)
    .orderBy(['entities.ref', 'running_images.cluster', 'place_namespace'])
    .distinct(
      'entities.*',
      'running_images.cluster',
      'running_images.namespace as place_namespace',
    );
}

async function removePlace(
  transaction: Knex.Transaction,
  place: Place,
): Promise<void> {
  const ids: string[] = await transaction('running_images')
    .where({
      cluster: place.cluster,
      namespace: place.place_namespace,
      running: false,
    })
    .pluck('id');
  for (const chunk of chunksOf(ids)) {
    for (const table of TABLES) {
      await transaction(table)
        .where('entity_ref', place.ref)
        .whereIn('running_image_id', chunk)
        .delete();
    }
  }
}
