import { ReactNode, useId } from 'react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { mutedColor } from './outcomeColors';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      minWidth: 0,
      border: `1px solid ${theme.palette.divider}`,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
      marginBottom: theme.spacing(1),
    },
    title: { fontSize: '1.05rem', fontWeight: 600, margin: 0 },
    subtitle: { color: mutedColor(theme), fontSize: '0.82rem' },
    grow: { flex: 1 },
  }),
  { name: 'SupplyChainPanel' },
);

/**
 * A part of a page with its heading.
 */
export function Panel(props: {
  title: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** @defaultValue h2 */
  headingLevel?: 'h2' | 'h3';
  children: ReactNode;
}) {
  const { title, subtitle, actions, headingLevel = 'h2', children } = props;
  const classes = useStyles();
  const headingId = useId();
  return (
    <Paper
      component="section"
      elevation={0}
      aria-labelledby={headingId}
      className={classes.root}
    >
      <div className={classes.head}>
        <Typography
          id={headingId}
          component={headingLevel}
          className={classes.title}
        >
          {title}
        </Typography>
        {subtitle && <span className={classes.subtitle}>{subtitle}</span>}
        {actions && <span className={classes.grow} />}
        {actions}
      </div>
      {children}
    </Paper>
  );
}
