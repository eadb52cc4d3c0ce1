import { useCallback } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { pageParameter, useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { SelectFilter, TextFilter } from '../../ui/Filters';

/** Where a filter stands in the address. */
type Place = {
  /** @defaultValue the name of the filter */
  parameter?: string;
  /** The lists that begin again at their first page; keep it the same. @defaultValue the one without a name */
  lists?: readonly string[];
};

function firstPages(lists?: readonly string[]): Record<string, undefined> {
  const parameters = lists?.map(pageParameter) ?? [pageParameter()];
  return Object.fromEntries(parameters.map(name => [name, undefined]));
}

/** The severity that is looked for; it stands in the address. */
export function SeverityField(
  props: Place & {
    severities: readonly (schema.Severity | schema.CheckSeverity)[];
  },
) {
  const { t } = useMessages();
  const { parameter = 'severity', lists, severities } = props;
  const { get, set } = useUrlState();
  return (
    <SelectFilter
      label={t('filter.severity')}
      value={get(parameter) ?? ''}
      options={severities.map(value => ({
        value,
        label: t(`severity.${value}`),
      }))}
      onChange={severity =>
        set({ [parameter]: severity, ...firstPages(lists) })
      }
    />
  );
}

/** The text that is looked for; it stands in the address. */
export function SearchField(
  props: Place & {
    /** @defaultValue search */
    label?: string;
  },
) {
  const { t } = useMessages();
  const { label = t('filter.search'), parameter = 'search', lists } = props;
  const { get, set } = useUrlState();
  const onSearch = useCallback(
    (search: string) => set({ [parameter]: search, ...firstPages(lists) }),
    [set, parameter, lists],
  );
  return (
    <TextFilter
      label={label}
      value={get(parameter) ?? ''}
      onChange={onSearch}
    />
  );
}
