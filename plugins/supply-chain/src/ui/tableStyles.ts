import { makeStyles } from '@material-ui/core/styles';

/** Looks of tables and of the cards they become. */
export const useTableStyles = makeStyles(
  theme => ({
    table: { tableLayout: 'auto' },
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
    head: {
      fontSize: '0.72rem',
      textTransform: 'uppercase',
      letterSpacing: '0.03em',
      color: theme.palette.text.secondary,
      fontWeight: 600,
      padding: theme.spacing(0.75, 1.25),
    },
    cell: {
      verticalAlign: 'top',
      padding: theme.spacing(1.1, 1.25),
      overflowWrap: 'anywhere',
    },
    openRow: { background: theme.palette.action.hover },
    cards: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(1.5),
    },
    card: {
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 6,
      padding: theme.spacing(1.5),
    },
    facts: { margin: 0, display: 'grid', gap: theme.spacing(1) },
    fact: {
      display: 'grid',
      gridTemplateColumns: 'minmax(84px, 30%) minmax(0, 1fr)',
      gap: theme.spacing(1),
    },
    term: { color: theme.palette.text.secondary, fontSize: '0.8rem' },
    value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'SupplyChainTable' },
);
