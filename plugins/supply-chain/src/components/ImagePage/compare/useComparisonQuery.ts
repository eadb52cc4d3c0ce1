import { FINDING_CHANGES } from 'backstage-plugin-supply-chain-common';
import { ComparisonQuery } from '../../../hooks/useComparison';
import { ImageAddress } from '../../../hooks/useImageReport';
import { useFindingFilter } from '../../../hooks/useFindingFilter';
import { usePageState, useUrlState } from '../../../hooks/useUrlState';

/** Orders the backend knows, the default first. */
export const SORTS = ['change', 'fixFirst', 'package'] as const;

/**
 * Which comparison and which of its findings, as the address says.
 */
export function useComparisonQuery(options: {
  image: ImageAddress;
  other: ImageAddress;
}): ComparisonQuery {
  const { image, other } = options;
  const { get } = useUrlState();
  const filter = useFindingFilter();
  const { page, pageSize } = usePageState();
  return {
    ...image,
    ...filter,
    withDigest: other.digest,
    withRepository: other.repository,
    change: FINDING_CHANGES.find(each => each === get('change')),
    sort: SORTS.find(each => each === get('sort')),
    offset: page * pageSize,
    limit: pageSize,
  };
}
