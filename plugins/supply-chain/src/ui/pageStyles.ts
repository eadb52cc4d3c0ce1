import { makeStyles } from '@material-ui/core/styles';

/** Spacing and small text that every part of the pages shares. */
export const usePageStyles = makeStyles(
  theme => ({
    page: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
    frame: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
      padding: theme.spacing(3),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(1.5) },
    },
    secondary: {
      color: theme.palette.text.secondary,
      fontSize: '0.82rem',
      lineHeight: 1.45,
    },
    row: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
    },
    grow: { flex: 1 },
    strong: { fontWeight: 600 },
    plainList: { listStyle: 'none', margin: 0, padding: 0 },
    twoColumns: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1.6fr) minmax(0, 1fr)',
      [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    },
    pre: {
      margin: 0,
      padding: theme.spacing(1),
      overflow: 'auto',
      maxHeight: 480,
      fontFamily: '"Roboto Mono", Menlo, monospace',
      fontSize: '0.78rem',
      lineHeight: 1.5,
      background: theme.palette.background.default,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 4,
    },
  }),
  { name: 'SupplyChainPage' },
);
