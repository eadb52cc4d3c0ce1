import { Fragment, ReactNode, useEffect, useRef } from 'react';
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

function WideTable<T>(props: Props<T>) {
  const { caption, columns, rows, keyOf, sorting, expansion } = props;
  const classes = useTableStyles();
  return (
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
        {rows.map(row => {
          const open = expansion?.openKey === keyOf(row);
          return (
            <Fragment key={keyOf(row)}>
              <TableRow className={open ? classes.openRow : undefined}>
                {columns.map(column => (
                  <TableCell key={column.id} className={classes.cell}>
                    {column.render(row)}
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
            </Fragment>
          );
        })}
      </TableBody>
    </Table>
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
      {rows.map(row => (
        <li key={keyOf(row)} className={classes.card}>
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
        </li>
      ))}
    </ul>
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
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => region.current?.focus(), []);
  return (
    <div
      ref={region}
      id={openedRowId(id)}
      role="region"
      aria-label={t('table.details', { name })}
      tabIndex={-1}
    >
      {children}
    </div>
  );
}
