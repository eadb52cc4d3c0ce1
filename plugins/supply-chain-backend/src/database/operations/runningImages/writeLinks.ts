import { WorkloadRef } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { RunningImageControllerRow, RunningImageEntityRow } from '../../tables';
import { LinkedRunningImage } from './aggregatePods';

/** Options of {@link writeLinks}. */
export type WriteLinksOptions = {
  transaction: Knex.Transaction;
  images: LinkedRunningImage[];
};

/** Replaces what ties running images to entities and to the controllers that scanner reports name. */
export async function writeLinks(options: WriteLinksOptions): Promise<void> {
  const { transaction } = options;
  for (const images of chunksOf(options.images)) {
    const ids = images.map(each => each.row.id);
    await transaction('running_image_entities')
      .whereIn('running_image_id', ids)
      .delete();
    await transaction('running_image_controllers')
      .whereIn('running_image_id', ids)
      .delete();
    const entities = images.flatMap(entityRowsOf);
    const controllers = images.flatMap(controllerRowsOf);
    for (const rows of chunksOf(entities)) {
      await transaction<RunningImageEntityRow>('running_image_entities').insert(
        rows,
      );
    }
    for (const rows of chunksOf(controllers)) {
      await transaction<RunningImageControllerRow>('running_image_controllers')
        .insert(rows)
        .onConflict(['running_image_id', 'kind', 'name'])
        .ignore();
    }
  }
}

function entityRowsOf(image: LinkedRunningImage): RunningImageEntityRow[] {
  return image.entityRefs.map(entityRef => ({
    running_image_id: image.row.id,
    entity_ref: entityRef,
  }));
}

function controllerRowsOf(
  image: LinkedRunningImage,
): RunningImageControllerRow[] {
  const { id, cluster, namespace } = image.row;
  const controllers: WorkloadRef[] = JSON.parse(image.row.controllers);
  return controllers.map(({ kind, name }) => ({
    running_image_id: id,
    cluster,
    namespace,
    kind,
    name,
  }));
}
