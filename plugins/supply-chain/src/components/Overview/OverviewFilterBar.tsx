import { useCallback } from 'react';
import {
  OUTCOMES_WORST_FIRST,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { OverviewFilters } from '../../hooks/useOverviewFilters';
import { useUrlState } from '../../hooks/useUrlState';
import { FilterBar, SelectFilter } from '../../ui/Filters';
import { OwnerSelect } from '../shared/OwnerSelect';
import { SearchField } from '../shared/UrlFilters';
import { shortEntityName } from '../../ui/entityName';

function asOptions(values: string[], kind: string) {
  return values.map(value => ({ value, label: shortEntityName(value, kind) }));
}

function outcomeOptions(of: 'service' | 'rule', t: Messages['t']) {
  return OUTCOMES_WORST_FIRST.map(value => ({
    value,
    label: t(`outcome.${of}.${value}`),
  }));
}

/** Questions whose answer the list is narrowed to, with their labels. */
const ANSWERS = [
  ['signature', 'signature'],
  ['provenance', 'ownRepository'],
  ['registry', 'registry'],
  ['scan', 'scan'],
] as const;

/**
 * Which services are shown; every choice stands in the address.
 */
export function OverviewFilterBar(props: {
  filters: OverviewFilters;
  facets: schema.Facets;
}) {
  const { filters, facets } = props;
  const { t } = useMessages();
  const { set } = useUrlState();
  // A narrower list starts at its first page.
  const change = useCallback(
    (name: string) => (value: string) =>
      set({ [name]: value, page: undefined }),
    [set],
  );
  const answers = outcomeOptions('rule', t);
  return (
    <FilterBar>
      <OwnerSelect
        owner={filters.owner}
        others={asOptions(facets.owners, 'group')}
      />
      <SelectFilter
        label={t('overview.filter.system')}
        value={filters.system ?? ''}
        options={asOptions(facets.systems, 'system')}
        onChange={change('system')}
      />
      <SelectFilter
        label={t('overview.filter.lifecycle')}
        value={filters.lifecycle ?? ''}
        options={facets.lifecycles.map(value => ({ value, label: value }))}
        onChange={change('lifecycle')}
      />
      <SelectFilter
        label={t('overview.filter.cluster')}
        value={filters.cluster ?? ''}
        options={facets.clusters.map(value => ({ value, label: value }))}
        onChange={change('cluster')}
      />
      <SelectFilter
        label={t('overview.filter.outcome')}
        value={filters.outcome ?? ''}
        options={outcomeOptions('service', t)}
        onChange={change('outcome')}
      />
      {ANSWERS.map(([name, label]) => (
        <SelectFilter
          key={name}
          label={t(`overview.filter.${label}`)}
          value={filters[name] ?? ''}
          options={answers}
          onChange={change(name)}
        />
      ))}
      <SearchField label={t('overview.filter.search')} />
    </FilterBar>
  );
}
