import { Knex } from 'knex';
import {
  ReportRow,
  RunningImageControllerRow,
  RunningImageRow,
  SbomReportRow,
} from '../../tables';

/** Options of {@link rowsByController}. */
export type RowsByControllerOptions = {
  knex: Knex;
  table: 'reports' | 'sbom_reports';
  images: RunningImageRow[];
};

/** The reports on the containers of some running images by what the clusters call them, by the id of the image. */
export async function rowsByController<R extends ReportRow | SbomReportRow>(
  options: RowsByControllerOptions,
): Promise<Map<string, R[]>> {
  const { knex, table, images } = options;
  const controllers: RunningImageControllerRow[] =
    await knex<RunningImageControllerRow>('running_image_controllers').whereIn(
      'running_image_id',
      images.map(image => image.id),
    );
  const rows: R[] = await knex(table).whereIn(
    ['source', 'namespace', 'controller_kind', 'controller_name'],
    controllers.map(each => [
      each.cluster,
      each.namespace,
      each.kind,
      each.name,
    ]),
  );
  const placeOf = (cluster: string, namespace: string, name: string) =>
    JSON.stringify([cluster, namespace, name]);
  const byPlace = new Map<string, R[]>();
  for (const row of rows) {
    const place = placeOf(
      row.source,
      row.namespace,
      `${row.controller_kind}/${row.controller_name}`,
    );
    byPlace.set(place, [...(byPlace.get(place) ?? []), row]);
  }
  return new Map(
    images.map(image => [
      image.id,
      controllers
        .filter(each => each.running_image_id === image.id)
        .flatMap(
          each =>
            byPlace.get(
              placeOf(
                each.cluster,
                each.namespace,
                `${each.kind}/${each.name}`,
              ),
            ) ?? [],
        )
        .filter(row => row.container === image.container),
    ]),
  );
}
