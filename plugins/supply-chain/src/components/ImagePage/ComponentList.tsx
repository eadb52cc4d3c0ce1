import { schema } from 'backstage-plugin-supply-chain-common';
import { ImageAddress, useImageComponents } from '../../hooks/useImageReport';
import { usePageState, useUrlState } from '../../hooks/useUrlState';
import { useMessages } from '../../translations/useMessages';
import { FilterBar } from '../../ui/Filters';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { Pager } from '../shared/Pager';
import { SearchField } from '../shared/UrlFilters';

/**
 * The components of an image by name, searched and paged by the backend.
 */
export function ComponentList(props: { image: ImageAddress }) {
  const { t } = useMessages();
  const classes = usePageStyles();
  const { get } = useUrlState();
  const { page, pageSize } = usePageState();
  const search = get('search');
  const state = useImageComponents({
    ...props.image,
    search,
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <div className={classes.page}>
      <FilterBar>
        <SearchField label={t('image.contents.search')} />
      </FilterBar>
      <RemoteContent state={state}>
        {components => (
          <Components page={components} narrowed={search !== undefined} />
        )}
      </RemoteContent>
    </div>
  );
}

function Components(props: {
  page: schema.ImageComponentPage;
  narrowed: boolean;
}) {
  const { total, items } = props.page;
  const { t } = useMessages();
  const columns = useColumns();
  return (
    <>
      <ResponsiveTable
        caption={t('image.contents.caption')}
        columns={columns}
        rows={items.map((component, index) => ({ ...component, index }))}
        // One image may hold the same thing in several places.
        keyOf={({ index, name }) => `${index}/${name}`}
        empty={props.narrowed ? undefined : t('image.contents.empty')}
      />
      {total > 0 && <Pager total={total} />}
    </>
  );
}

function useColumns(): Column<schema.ImageComponent & { index: number }>[] {
  const { t } = useMessages();
  const text = (value: string | undefined) =>
    value ? <HostileText text={value} /> : t('dash');
  return [
    {
      id: 'name',
      minWidthPx: 160,
      label: t('image.contents.column.name'),
      render: ({ group, name }) =>
        text([group, name].filter(Boolean).join('/')),
    },
    {
      id: 'version',
      minWidthPx: 100,
      label: t('image.contents.column.version'),
      render: ({ version }) => text(version),
    },
    {
      id: 'type',
      noWrap: true,
      label: t('image.contents.column.type'),
      render: ({ type }) => text(type),
    },
    {
      id: 'licences',
      minWidthPx: 120,
      label: t('image.contents.column.licences'),
      render: ({ licences = [] }) => text(licences.join(', ')),
    },
    {
      id: 'purl',
      minWidthPx: 220,
      label: t('image.contents.column.purl'),
      render: ({ purl }) => text(purl),
    },
  ];
}
