import { StoredWaiver } from '../../../stores/WaiverStore';
import { WaiverRow } from '../../tables';
import { visibleWaivers, VisibleWaiversOptions } from './visibleWaivers';
import { storedWaiverOf } from './waiverRow';

/** Options of {@link readVisibleWaiver}. */
export type ReadVisibleWaiverOptions = VisibleWaiversOptions & { id: string };

/** A waiver, if it exists and the caller may see it: the two cases look the same from outside (L33). */
export async function readVisibleWaiver(
  options: ReadVisibleWaiverOptions,
): Promise<StoredWaiver | undefined> {
  const row: WaiverRow | undefined = await visibleWaivers(options)
    .where('waivers.id', options.id)
    .first('waivers.*');
  return row && storedWaiverOf(row);
}
