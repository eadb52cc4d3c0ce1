import {
  PlaceLook,
  ReasonCode,
  SignatureScheme,
} from 'backstage-plugin-supply-chain-common';
import { RegistryFailure } from './registryResult';

/**
 * What is known of a look at a place.
 *
 * @public
 */
export type PlaceLookOptions = Pick<
  PlaceLook,
  'place' | 'location' | 'about'
> & {
  found?: number;
  reason?: ReasonCode;
  note?: string;
};

/**
 * Fills in a look; complete unless something says otherwise.
 *
 * @public
 */
export function describeLook(
  scheme: SignatureScheme,
  options: PlaceLookOptions,
): PlaceLook {
  const { place, location, about, found = 0, reason, note } = options;
  return {
    place,
    scheme,
    location,
    about,
    complete: reason === undefined,
    found,
    ...(reason && { reason }),
    ...(note && { note }),
  };
}

/**
 * Marks a place as not read to its end, for the first reason there was.
 *
 * @public
 */
export function markIncomplete(
  place: { look: PlaceLook },
  failure: Pick<RegistryFailure, 'reason'> & { detail?: string },
): void {
  const { look } = place;
  const { reason, detail } = failure;
  if (look.complete) {
    place.look = {
      ...look,
      complete: false,
      reason,
      ...(detail && { note: detail }),
    };
  }
}
