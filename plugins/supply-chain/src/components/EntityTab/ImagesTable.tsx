import { useCallback } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { useUrlState } from '../../hooks/useUrlState';
import { shortImageName } from '../../ui/imageName';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { OutcomeUntil } from '../shared/waivers/OutcomeUntil';
import { PolicyCounts } from '../../ui/PolicyCounts';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { ScanSummary } from '../../ui/ScanSummary';
import { AnnotationCell } from './AnnotationCell';
import { ImageCell } from './ImageCell';
import { ImageDetails } from './ImageDetails';
import { PlacesCell } from './PlacesCell';
import { ProvenanceCell } from './ProvenanceCell';
import { SignatureCell } from './SignatureCell';

/**
 * Images of a service. A row opens in place; which one is open stands in the address.
 */
export function ImagesTable(props: {
  caption: string;
  rows: schema.ImageRow[];
}) {
  const { get, set } = useUrlState();
  const openKey = get('image');
  const toggle = useCallback(
    (key: string) =>
      set({ image: key === openKey ? undefined : key }, { push: true }),
    [set, openKey],
  );
  return (
    <ResponsiveTable
      caption={props.caption}
      columns={useColumns(openKey, toggle)}
      rows={props.rows}
      keyOf={row => row.key}
      expansion={{
        openKey,
        nameOf: row => shortImageName(row.imageRef),
        details: row => <ImageDetails row={row} />,
      }}
    />
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
      render: row =>
        row.annotation && row.placements.length === 0 ? (
          <AnnotationCell annotation={row.annotation} />
        ) : (
          <PlacesCell placements={row.placements} />
        ),
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
      {row.outcome === 'waived' ? (
        <OutcomeUntil outcome={row.outcome} verdicts={row.verdicts} />
      ) : (
        <OutcomeLabel outcome={row.outcome}>{word}</OutcomeLabel>
      )}
      <div
        className={classes.secondary}
        title={row.reason && meaning(row.reason)}
      >
        {row.reason ? label(row.reason) : <PolicyCounts counts={row.counts} />}
      </div>
    </>
  );
}
