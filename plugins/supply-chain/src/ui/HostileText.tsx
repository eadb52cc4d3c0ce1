import { makeStyles } from '@material-ui/core/styles';
import { escapeHostileText } from './escapeHostileText';

const useStyles = makeStyles(
  {
    root: { overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
    code: { fontFamily: '"Roboto Mono", Menlo, monospace', fontSize: '0.9em' },
  },
  { name: 'SupplyChainHostileText' },
);

/**
 * Text from evidence, labels or reports: plain, with everything unseen written out (L32).
 */
export function HostileText(props: { text: string; code?: boolean }) {
  const classes = useStyles();
  const shown = escapeHostileText(props.text);
  return props.code ? (
    <code className={`${classes.root} ${classes.code}`}>{shown}</code>
  ) : (
    <bdi className={classes.root}>{shown}</bdi>
  );
}
