import { schema } from 'backstage-plugin-supply-chain-common';
import { VisibleImage } from './readVisibleImage';

/** Where an image runs, each place once. */
export function placementsOf({ runs }: VisibleImage): schema.Placement[] {
  // A workload of two entities is one place.
  return [
    ...new Map(
      runs.flatMap(({ run, image: { placement } }) =>
        placement ? [[run.id, placement] as const] : [],
      ),
    ).values(),
  ];
}
