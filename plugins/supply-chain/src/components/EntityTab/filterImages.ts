import { schema } from 'backstage-plugin-supply-chain-common';

/** Which rows are wanted; absent keys want all. */
export type ImageFilter = {
  cluster?: string;
  outcome?: string;
  /** Part of image, digest, namespace or workload; case does not matter. */
  text?: string;
};

function matchesText(row: schema.ImageRow, text: string): boolean {
  const wanted = text.toLowerCase();
  const haystack = [
    row.imageRef,
    row.repository,
    row.digest,
    ...row.placements.flatMap(place => [
      place.namespace,
      place.workloadName,
      place.container,
    ]),
  ];
  return haystack.some(value => value?.toLowerCase().includes(wanted));
}

/**
 * The rows a filter leaves: those of the table and those of the export.
 */
export function filterImages(
  rows: schema.ImageRow[],
  filter: ImageFilter,
): schema.ImageRow[] {
  const { cluster, outcome, text } = filter;
  return rows.filter(
    row =>
      (!cluster || row.placements.some(place => place.cluster === cluster)) &&
      (!outcome || row.outcome === outcome) &&
      (!text || matchesText(row, text)),
  );
}
