import { schema } from 'backstage-plugin-supply-chain-common';
import { usePageState, useUrlState } from '../../../hooks/useUrlState';
import { useMessages } from '../../../translations/useMessages';
import { FilterBar } from '../../../ui/Filters';
import { HostileText } from '../../../ui/HostileText';
import { usePageStyles } from '../../../ui/pageStyles';
import { RemoteContent } from '../../../ui/RemoteContent';
import { RemoteState } from '../../../ui/remoteState';
import { Column, ResponsiveTable } from '../../../ui/ResponsiveTable';
import { Pager } from '../Pager';
import { SearchField } from '../UrlFilters';

/** Which part of a list of components the address asks for. */
export type ComponentsAsked = {
  search: string | undefined;
  offset: number;
  limit: number;
};

/**
 * Which components to ask the backend for, as the fields of {@link ComponentList} put it into the address.
 */
export function useComponentsAsked(): ComponentsAsked {
  const { get } = useUrlState();
  const { page, pageSize } = usePageState();
  return { search: get('search'), offset: page * pageSize, limit: pageSize };
}

type ComponentPage = Pick<schema.ImageComponentPage, 'total' | 'items'>;

/**
 * The components an SBOM lists by name, searched and paged by the backend.
 */
export function ComponentList(props: {
  /** What was asked for by {@link useComponentsAsked}. */
  state: RemoteState<ComponentPage>;
  /** What they are of, for readers of the table. */
  caption: string;
}) {
  const { state, caption } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.page}>
      <FilterBar>
        <SearchField label={t('image.contents.search')} />
      </FilterBar>
      <RemoteContent state={state}>
        {components => <Components page={components} caption={caption} />}
      </RemoteContent>
    </div>
  );
}

function Components(props: { page: ComponentPage; caption: string }) {
  const { total, items } = props.page;
  const { t } = useMessages();
  const columns = useColumns();
  const narrowed = useComponentsAsked().search !== undefined;
  return (
    <>
      <ResponsiveTable
        caption={props.caption}
        columns={columns}
        rows={items.map((component, index) => ({ ...component, index }))}
        // One image may hold the same thing in several places, and one cluster the same system on several nodes.
        keyOf={({ index, name }) => `${index}/${name}`}
        empty={narrowed ? undefined : t('image.contents.empty')}
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
