import { useCallback } from 'react';
import {
  OUTCOMES_WORST_FIRST,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { useUrlState } from '../../hooks/useUrlState';
import { FilterBar, SelectFilter, TextFilter } from '../../ui/Filters';
import { Panel } from '../../ui/Panel';
import { ImagesTable } from './ImagesTable';
import { isPlaced } from './isPlaced';

/**
 * The running images, one row per digest.
 */
export function RunningImages(props: {
  report: schema.EntityReport;
  rows: schema.ImageRow[];
}) {
  const { report, rows } = props;
  const { t } = useMessages();
  const total = report.images.filter(isPlaced).length;
  const subtitle = [
    t('entity.images.subtitle'),
    t('images', { count: total }),
    t('entity.images.inClusters', { count: report.clusters.length }),
  ].join(' · ');
  return (
    <Panel
      title={t('entity.images.title')}
      subtitle={
        rows.length < total
          ? `${subtitle} · ${t('entity.images.shown', {
              shown: rows.length,
              total,
            })}`
          : subtitle
      }
      actions={<ImageFilters clusters={report.clusters} />}
    >
      <ImagesTable caption={t('entity.images.caption')} rows={rows} />
    </Panel>
  );
}

function ImageFilters(props: { clusters: string[] }) {
  const { t } = useMessages();
  const { get, set } = useUrlState();
  const onText = useCallback((filter: string) => set({ filter }), [set]);
  return (
    <FilterBar>
      <SelectFilter
        label={t('filter.cluster')}
        value={get('cluster') ?? ''}
        options={props.clusters.map(value => ({ value, label: value }))}
        onChange={cluster => set({ cluster })}
      />
      <SelectFilter
        label={t('filter.outcome')}
        value={get('outcome') ?? ''}
        options={OUTCOMES_WORST_FIRST.map(value => ({
          value,
          label: t(`outcome.service.${value}`),
        }))}
        onChange={outcome => set({ outcome })}
      />
      <TextFilter
        label={t('filter.text')}
        value={get('filter') ?? ''}
        onChange={onText}
      />
    </FilterBar>
  );
}
