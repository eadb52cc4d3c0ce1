import { useCallback } from 'react';
import {
  OUTCOMES_WORST_FIRST,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { useUrlState } from '../../hooks/useUrlState';
import { FilterBar, SelectFilter, TextFilter } from '../../ui/Filters';
import { shortImageName } from '../../ui/imageName';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { PolicyCounts } from '../../ui/PolicyCounts';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { ScanSummary } from '../../ui/ScanSummary';
import { ImageCell } from './ImageCell';
import { ImageDetails } from './ImageDetails';
import { PlacesCell } from './PlacesCell';
import { ProvenanceCell } from './ProvenanceCell';
import { SignatureCell } from './SignatureCell';

/**
 * The running images, one row per digest. A row opens in place; which one is open stands in the address.
 */
export function RunningImages(props: {
  report: schema.EntityReport;
  rows: schema.ImageRow[];
}) {
  const { report, rows } = props;
  const { t } = useMessages();
  const { get, set } = useUrlState();
  const openKey = get('image');
  const toggle = useCallback(
    (key: string) =>
      set({ image: key === openKey ? undefined : key }, { push: true }),
    [set, openKey],
  );
  const total = report.images.length;
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
      <ResponsiveTable
        caption={t('entity.images.caption')}
        columns={useColumns(openKey, toggle)}
        rows={rows}
        keyOf={row => row.key}
        expansion={{
          openKey,
          nameOf: row => shortImageName(row.imageRef),
          details: row => <ImageDetails row={row} />,
        }}
      />
    </Panel>
  );
}

function useColumns(
  openKey: string | undefined,
  toggle: (key: string) => void,
): Column<schema.ImageRow>[] {
  const { t } = useMessages();
  return [
    {
      id: 'image',
      label: t('entity.images.column.image'),
      minWidthPx: 200,
      render: row => (
        <ImageCell
          row={row}
          open={row.key === openKey}
          onToggle={() => toggle(row.key)}
        />
      ),
    },
    {
      id: 'runsIn',
      label: t('entity.images.column.runsIn'),
      minWidthPx: 150,
      render: row => <PlacesCell placements={row.placements} />,
    },
    {
      id: 'signature',
      label: t('entity.images.column.signature'),
      minWidthPx: 170,
      render: row => <SignatureCell signature={row.signature} />,
    },
    {
      id: 'provenance',
      label: t('entity.images.column.provenance'),
      minWidthPx: 140,
      render: row => <ProvenanceCell row={row} />,
    },
    {
      id: 'findings',
      label: t('entity.images.column.findings'),
      minWidthPx: 150,
      render: row => <ScanSummary summary={row.vulnerabilities} />,
    },
    {
      id: 'policy',
      label: t('entity.images.column.policy'),
      minWidthPx: 120,
      render: row => <PolicyCell row={row} />,
    },
  ];
}

function PolicyCell(props: { row: schema.ImageRow }) {
  const { row } = props;
  const { t, label, meaning } = useMessages();
  const classes = usePageStyles();
  const word =
    row.outcome === 'notApplicable'
      ? t('outcome.service.notApplicable')
      : undefined;
  return (
    <>
      <OutcomeLabel outcome={row.outcome}>{word}</OutcomeLabel>
      <div
        className={classes.secondary}
        title={row.reason && meaning(row.reason)}
      >
        {row.reason ? label(row.reason) : <PolicyCounts counts={row.counts} />}
      </div>
    </>
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
