import { schema } from 'backstage-plugin-supply-chain-common';

/** Whether an image runs or ran somewhere; others are only named by an annotation. */
export function isPlaced(row: schema.ImageRow): boolean {
  return row.placements.length > 0;
}
