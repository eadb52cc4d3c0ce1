import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { mutedColor } from './outcomeColors';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0 },
    fact: {
      display: 'grid',
      gridTemplateColumns: 'minmax(110px, 24%) minmax(0, 1fr)',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
      [theme.breakpoints.down('xs')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    },
    term: { color: mutedColor(theme) },
    value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'SupplyChainFactTable' },
);

/**
 * Names with their values.
 */
export function FactTable(props: { facts: readonly [string, ReactNode][] }) {
  const classes = useStyles();
  return (
    <dl className={classes.list}>
      {props.facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt className={classes.term}>{name}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
