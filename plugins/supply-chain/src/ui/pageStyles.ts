import { makeStyles } from '@material-ui/core/styles';
import { mutedColor } from './outcomeColors';

/** Spacing and small text that every part of the pages shares. */
export const usePageStyles = makeStyles(
  theme => ({
    // The tabs of the page belong to the portal: on a phone they scroll, and not the page with them.
    '@global': {
      '.bui-PluginHeaderTabsWrapper': {
        overflowX: 'auto',
        overflowY: 'hidden',
      },
    },
    page: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
    frame: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
      // Above it the page's own header has left enough room.
      padding: theme.spacing(0, 3, 3),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(0, 1.5, 1.5) },
    },
    secondary: {
      color: mutedColor(theme),
      fontSize: '0.82rem',
      lineHeight: 1.45,
    },
    row: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
    },
    inline: { display: 'inline-flex', alignItems: 'center' },
    grow: { flex: 1 },
    plainButton: { textTransform: 'none', whiteSpace: 'nowrap', flex: 'none' },
    whole: { 'td &': { whiteSpace: 'nowrap' } },
    strong: { fontWeight: 600 },
    plainList: { listStyle: 'none', margin: 0, padding: 0 },
    twoColumns: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1.6fr) minmax(0, 1fr)',
      alignItems: 'start',
      [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    },
    wrapped: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
    command: {
      fontFamily: '"Roboto Mono", Menlo, monospace',
      fontSize: '0.8rem',
      overflowWrap: 'anywhere',
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
