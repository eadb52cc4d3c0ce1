import { makeStyles } from '@material-ui/core/styles';
import { escapeHostileText } from './escapeHostileText';

const useStyles = makeStyles(
  {
    root: { unicodeBidi: 'isolate' },
    breakable: { overflowWrap: 'anywhere' },
    code: { fontFamily: '"Roboto Mono", Menlo, monospace', fontSize: '0.9em' },
  },
  { name: 'SupplyChainHostileText' },
);

/** Longer than a word of any language here: a digest, an address, or somebody's joke. */
const LONGER_THAN_WORDS = /\S{29}/;

/**
 * Text from evidence, labels or reports: plain, with everything unseen written out (L32). Words stay
 * whole; only what is longer than words are may break, so that nothing widens the page.
 */
export function HostileText(props: { text: string; code?: boolean }) {
  const classes = useStyles();
  const shown = escapeHostileText(props.text);
  const names = [
    classes.root,
    LONGER_THAN_WORDS.test(shown) && classes.breakable,
    props.code && classes.code,
  ].filter(Boolean);
  return props.code ? (
    <code className={names.join(' ')}>{shown}</code>
  ) : (
    <bdi className={names.join(' ')}>{shown}</bdi>
  );
}
