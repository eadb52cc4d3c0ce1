import { useCallback } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { SelectFilter, TextFilter } from '../../ui/Filters';

/** The severity that is looked for; it stands in the address. */
export function SeverityField(props: {
  severities: readonly (schema.Severity | schema.CheckSeverity)[];
}) {
  const { t } = useMessages();
  const { get, set } = useUrlState();
  return (
    <SelectFilter
      label={t('filter.severity')}
      value={get('severity') ?? ''}
      options={props.severities.map(value => ({
        value,
        label: t(`severity.${value}`),
      }))}
      onChange={severity => set({ severity, page: undefined })}
    />
  );
}

/** The text that is looked for; it stands in the address. */
export function SearchField(props: {
  /** @defaultValue search */
  label?: string;
}) {
  const { t } = useMessages();
  const { label = t('filter.search') } = props;
  const { get, set } = useUrlState();
  const onSearch = useCallback(
    (search: string) => set({ search, page: undefined }),
    [set],
  );
  return (
    <TextFilter label={label} value={get('search') ?? ''} onChange={onSearch} />
  );
}
