import { VisibleImage } from './readVisibleImage';
import { ImagePlace } from './readImageFindings';

/** The place the shown figures come from, so that a list of findings has as many entries as they say. */
export function shownPlace({ runs, merged }: VisibleImage): ImagePlace {
  const { run } =
    runs.find(({ image }) => image === merged.figuresOf) ?? runs[0];
  return { run, entityRef: run.entity_ref };
}
