import * as schema from '../schema/openapi';
import { containsText } from '../text';

/**
 * Which images of a service; absent keys want all.
 *
 * @public
 */
export type ImageRowFilter = {
  cluster?: string;
  outcome?: string;
  /** Part of an image, digest, namespace, workload or container; case does not matter. */
  text?: string;
};

function matchesText(row: schema.ImageRow, text: string): boolean {
  const texts = [
    row.imageRef,
    row.repository,
    row.digest,
    ...row.placements.flatMap(place => [
      place.namespace,
      place.workloadName,
      place.container,
    ]),
  ];
  return containsText(texts, text);
}

/**
 * The rows a filter leaves: those of the table and those of the export.
 *
 * @public
 */
export function filterImages(
  rows: schema.ImageRow[],
  filter: ImageRowFilter,
): schema.ImageRow[] {
  const { cluster, outcome, text } = filter;
  return rows.filter(
    row =>
      (!cluster || row.placements.some(place => place.cluster === cluster)) &&
      (!outcome || row.outcome === outcome) &&
      (!text || matchesText(row, text)),
  );
}
