import { useCallback } from 'react';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { SelectFilter, TextFilter } from '../../ui/Filters';
import { CHECK_SEVERITIES } from './CheckSeverityText';

/** The filters that every list of a cluster has; they live in the address. */
export function SeverityAndSearch() {
  const { t } = useMessages();
  const { get, set } = useUrlState();
  const onSearch = useCallback(
    (search: string) => set({ search, page: undefined }),
    [set],
  );
  return (
    <>
      <SelectFilter
        label={t('filter.severity')}
        value={get('severity') ?? ''}
        options={CHECK_SEVERITIES.map(value => ({
          value,
          label: t(`severity.${value}`),
        }))}
        onChange={severity => set({ severity, page: undefined })}
      />
      <TextFilter
        label={t('filter.search')}
        value={get('search') ?? ''}
        onChange={onSearch}
      />
    </>
  );
}
