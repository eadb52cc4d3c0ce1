import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { EntityFilter } from './entityRules';

/**
 * What one caller may see. Every list, count, search and export takes it (L33).
 */
export type VisibleEntities = {
  /** By `supply-chain.read`. */
  rules: 'all' | 'none' | PermissionCriteria<EntityFilter>;
  /** By `catalog.entity.read`: entity refs, lower case. */
  refs: 'all' | readonly string[];
  /** By `supply-chain.unlinked.read`: workloads that belong to no entity. */
  unlinked: boolean;
  /** By `supply-chain.sources.read`: sources that nothing visible depends on. */
  sources: boolean;
};

/** Somebody from whom nothing is hidden. */
export const SEES_EVERYTHING: VisibleEntities = {
  rules: 'all',
  refs: 'all',
  unlinked: true,
  sources: true,
};

/** Whether the caller can see no entity at all. */
export function seesNothing(visible: VisibleEntities): boolean {
  return (
    visible.rules === 'none' ||
    (visible.refs !== 'all' && visible.refs.length === 0)
  );
}

/** Whether the caller can see every entity. */
export function seesEveryEntity(visible: VisibleEntities): boolean {
  return visible.rules === 'all' && visible.refs === 'all';
}

/** Whether nothing at all is hidden from the caller. */
export function seesEverything(visible: VisibleEntities): boolean {
  return seesEveryEntity(visible) && visible.unlinked;
}
