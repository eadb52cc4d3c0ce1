import { ReactNode } from 'react';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { schema } from 'backstage-plugin-supply-chain-common';
import { OUTCOME_COLORS } from './outcomeColors';
import { OutcomeSign } from './OutcomeSign';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      flexWrap: 'wrap',
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderLeft: '4px solid',
      borderRadius: 4,
      background: theme.palette.background.paper,
      color: theme.palette.text.primary,
      overflowWrap: 'anywhere',
    },
    body: { flex: '1 1 220px', minWidth: 0 },
    title: { fontWeight: 600 },
    sign: { paddingTop: 3 },
  }),
  { name: 'SupplyChainNotice' },
);

/**
 * A message set apart from the content.
 */
export function Notice(props: {
  tone: schema.Outcome;
  title?: ReactNode;
  action?: ReactNode;
  /** Read out when it appears. @defaultValue true */
  live?: boolean;
  children?: ReactNode;
}) {
  const { tone, title, action, live = true, children } = props;
  const classes = useStyles();
  const theme = useTheme();
  return (
    <div
      role={live ? 'status' : 'note'}
      className={classes.root}
      style={{ borderLeftColor: OUTCOME_COLORS[theme.palette.type][tone] }}
    >
      <span className={classes.sign}>
        <OutcomeSign outcome={tone} />
      </span>
      <div className={classes.body}>
        {title && <div className={classes.title}>{title}</div>}
        <div>{children}</div>
      </div>
      {action}
    </div>
  );
}
