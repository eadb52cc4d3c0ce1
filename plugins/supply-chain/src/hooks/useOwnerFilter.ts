import { useOwnership } from './useOwnership';
import { useUrlState } from './useUrlState';

/** The value of the owner filter that means "owned by my teams". */
export const OWNER_MINE = 'mine';

/** The value of the owner filter that means everybody. */
export const OWNER_ALL = 'all';

/** Whose services are shown. */
export type OwnerFilter = {
  /** `mine`, `all` or an entity ref. */
  owner: string;
  /** Entity refs of the owners; `undefined` for everybody. */
  owners: string[] | undefined;
  /** Whether it is still unknown who "my teams" are. */
  undecided: boolean;
};

/** The owners a value of the filter means; nobody owns nothing, so that without teams "mine" is everybody. */
export function ownersOf(
  owner: string,
  mine: string[],
): Pick<OwnerFilter, 'owner' | 'owners'> {
  switch (owner) {
    case OWNER_ALL:
      return { owner, owners: undefined };
    case OWNER_MINE:
      return mine.length > 0
        ? { owner, owners: mine }
        : { owner: OWNER_ALL, owners: undefined };
    default:
      return { owner, owners: [owner] };
  }
}

/**
 * Whose services are shown, as the address says; everybody's unless it says otherwise.
 */
export function useOwnerFilter(): OwnerFilter {
  const { get } = useUrlState();
  const ownership = useOwnership();
  const owner = get('owner') ?? OWNER_ALL;
  const mine = ownership.status === 'ready' ? ownership.value : [];
  return {
    ...ownersOf(owner, mine),
    undecided: owner === OWNER_MINE && ownership.status === 'loading',
  };
}
