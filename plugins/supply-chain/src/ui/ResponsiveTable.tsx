import { ReactNode, useEffect, useRef } from 'react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useTheme } from '@material-ui/core/styles';
import { useMessages } from '../translations/useMessages';
import { useTableStyles } from './tableStyles';

/** One column. */
export type Column<T> = {
  id: string;
  label: string;
  render: (row: T) => ReactNode;
  /** Whether the backend sorts by it. */
  sortable?: boolean;
  /** Short content that stays on one line. */
  noWrap?: boolean;
  /** The least width that reads well. */
  minWidthPx?: number;
};

/** How the rows are sorted, and how to change it. */
export type Sorting = {
  orderBy: string;
  order: 'asc' | 'desc';
  onChange: (orderBy: string, order: 'asc' | 'desc') => void;
};

/** Rows that open in place. */
export type Expansion<T> = {
  openKey: string | undefined;
  details: (row: T) => ReactNode;
  /** Names the opened region. */
  nameOf: (row: T) => string;
};

type Props<T> = {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  sorting?: Sorting;
  expansion?: Expansion<T>;
  /** Heading of the group a row belongs to; rows come sorted by it. */
  groupOf?: (row: T) => string;
  /** @defaultValue nothing matches the filters */
  empty?: ReactNode;
};

/**
 * A table; below 960 px each row becomes a card, so the page never scrolls sideways.
 */
export function ResponsiveTable<T>(props: Props<T>) {
  const theme = useTheme();
  const { t } = useMessages();
  const narrow = useMediaQuery(theme.breakpoints.down('sm'));
  const { rows, empty } = props;
  if (rows.length === 0) {
    return <p>{empty ?? t('table.noRows')}</p>;
  }
  return narrow ? <Cards {...props} /> : <WideTable {...props} />;
}

/** The group that starts with this row, if one does. */
function startOfGroup<T>(props: Props<T>, index: number): string | undefined {
  const { rows, groupOf } = props;
  const group = groupOf?.(rows[index]);
  return index === 0 || group !== groupOf?.(rows[index - 1])
    ? group
    : undefined;
}

function WideTable<T>(props: Props<T>) {
  const { caption, columns, rows, sorting } = props;
  const classes = useTableStyles();
  return (
    <div className={classes.scroll}>
      <Table size="small" className={classes.table}>
        <caption className={classes.hidden}>{caption}</caption>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <HeadCell key={column.id} column={column} sorting={sorting} />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row, index) => (
            <WideRow key={props.keyOf(row)} table={props} index={index} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function WideRow<T>(props: { table: Props<T>; index: number }) {
  const { table, index } = props;
  const { columns, keyOf, expansion } = table;
  const classes = useTableStyles();
  const row = table.rows[index];
  const open = expansion?.openKey === keyOf(row);
  const group = startOfGroup(table, index);
  return (
    <>
      {group !== undefined && (
        <TableRow>
          <TableCell
            component="th"
            scope="colgroup"
            colSpan={columns.length}
            className={classes.group}
          >
            {group}
          </TableCell>
        </TableRow>
      )}
      <TableRow className={open ? classes.openRow : undefined}>
        {columns.map(({ id, render, noWrap, minWidthPx }) => (
          <TableCell
            key={id}
            className={`${classes.cell} ${noWrap ? classes.noWrap : ''}`}
            style={minWidthPx ? { minWidth: minWidthPx } : undefined}
          >
            {render(row)}
          </TableCell>
        ))}
      </TableRow>
      {open && expansion && (
        <TableRow>
          <TableCell colSpan={columns.length} className={classes.cell}>
            <OpenedRow name={expansion.nameOf(row)} id={keyOf(row)}>
              {expansion.details(row)}
            </OpenedRow>
          </TableCell>
        </TableRow>
      )}
    </>
  );
}

function HeadCell<T>(props: { column: Column<T>; sorting?: Sorting }) {
  const { column, sorting } = props;
  const classes = useTableStyles();
  const { t } = useMessages();
  if (!column.sortable || !sorting) {
    return (
      <TableCell component="th" scope="col" className={classes.head}>
        {column.label}
      </TableCell>
    );
  }
  const active = sorting.orderBy === column.id;
  const next = active && sorting.order === 'asc' ? 'desc' : 'asc';
  return (
    <TableCell
      component="th"
      scope="col"
      className={classes.head}
      sortDirection={active ? sorting.order : false}
    >
      <TableSortLabel
        active={active}
        direction={active ? sorting.order : 'asc'}
        onClick={() => sorting.onChange(column.id, next)}
      >
        {column.label}
        {active && (
          <span className={classes.hidden}>
            {sorting.order === 'asc'
              ? t('table.sortedAscending')
              : t('table.sortedDescending')}
          </span>
        )}
      </TableSortLabel>
    </TableCell>
  );
}

function Cards<T>(props: Props<T>) {
  const { caption, columns, rows, keyOf, expansion } = props;
  const classes = useTableStyles();
  return (
    <ul aria-label={caption} className={classes.cards}>
      {rows.map((row, index) => (
        <li key={keyOf(row)}>
          <GroupTitle title={startOfGroup(props, index)} />
          <div className={classes.card}>
            <dl className={classes.facts}>
              {columns.map(column => (
                <div key={column.id} className={classes.fact}>
                  <dt className={classes.term}>{column.label}</dt>
                  <dd className={classes.value}>{column.render(row)}</dd>
                </div>
              ))}
            </dl>
            {expansion && expansion.openKey === keyOf(row) && (
              <OpenedRow name={expansion.nameOf(row)} id={keyOf(row)}>
                {expansion.details(row)}
              </OpenedRow>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function GroupTitle(props: { title: string | undefined }) {
  const classes = useTableStyles();
  return props.title === undefined ? null : (
    <h3 className={classes.groupTitle}>{props.title}</h3>
  );
}

/**
 * Id of the region a row opens, for `aria-controls`.
 */
export function openedRowId(key: string): string {
  return `supply-chain-row-${key.replace(/[^A-Za-z0-9_-]/g, '-')}`;
}

function OpenedRow(props: { name: string; id: string; children: ReactNode }) {
  const { name, id, children } = props;
  const { t } = useMessages();
  const classes = useTableStyles();
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => region.current?.focus(), []);
  return (
    <div
      ref={region}
      id={openedRowId(id)}
      role="region"
      className={classes.opened}
      aria-label={t('table.details', { name })}
      tabIndex={-1}
    >
      {children}
    </div>
  );
}
