import { NotAllowedError } from '@backstage/errors';
import { supplyChainReadPermission } from 'backstage-plugin-supply-chain-common';
import { VisibleEntities } from '../permissions/VisibleEntities';

/** What is answered to who lacks a permission, everywhere. */
export function missing(permission: { name: string }): NotAllowedError {
  return new NotAllowedError(`Missing permission '${permission.name}'`);
}

/**
 * What the caller may see, if they may read at all.
 *
 * @throws NotAllowedError
 */
export function requireRead(visible: VisibleEntities): VisibleEntities {
  if (visible.rules === 'none') {
    throw missing(supplyChainReadPermission);
  }
  return visible;
}

/**
 * The same for images (L33): one of a workload of no entity needs another permission than one of an entity.
 *
 * @throws NotAllowedError
 */
export function requireImages(visible: VisibleEntities): VisibleEntities {
  return visible.unlinked ? visible : requireRead(visible);
}
