import { makeStyles } from '@material-ui/core/styles';
import { mutedColor } from './outcomeColors';

/** Looks of tables and of the cards they become. */
export const useTableStyles = makeStyles(
  theme => ({
    // A hostile name may be wider than the page: then the table scrolls, never the page.
    scroll: { overflowX: 'auto', maxWidth: '100%' },
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
      color: mutedColor(theme),
      fontWeight: 600,
      padding: theme.spacing(0.75, 1.25),
      whiteSpace: 'nowrap',
    },
    cell: {
      verticalAlign: 'top',
      padding: theme.spacing(1.1, 1.25),
      lineHeight: 1.4,
      overflowWrap: 'normal',
      wordBreak: 'normal',
    },
    noWrap: { whiteSpace: 'nowrap' },
    group: {
      fontSize: '0.82rem',
      fontWeight: 600,
      color: theme.palette.text.primary,
      background: theme.palette.background.paper,
      padding: theme.spacing(1.5, 1.25, 0.5),
    },
    groupTitle: { fontSize: '0.9rem', fontWeight: 600, margin: 0 },
    openRow: { background: theme.palette.action.hover },
    // The focus moves here by itself; a frame around it all would say "button".
    opened: {
      padding: theme.spacing(0.5, 0.5, 0.5, 1.5),
      boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}`,
      '&:focus': { outline: 'none' },
    },
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
    term: { color: mutedColor(theme), fontSize: '0.8rem' },
    value: { margin: 0, minWidth: 0, overflowWrap: 'break-word' },
  }),
  { name: 'SupplyChainTable' },
);
