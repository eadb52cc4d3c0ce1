import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    row: {
      height: 18,
      borderRadius: 4,
      margin: theme.spacing(1.5, 0),
      background: theme.palette.action.hover,
    },
    label: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'SupplyChainSkeleton' },
);

const WIDTHS_PERCENT = [60, 95, 80, 90, 70];

/**
 * Grey rows where the first answer will stand.
 */
export function Skeleton(props: { label: string }) {
  const classes = useStyles();
  return (
    <div role="status" aria-busy="true">
      <span className={classes.label}>{props.label}</span>
      {WIDTHS_PERCENT.map(width => (
        <div
          key={width}
          className={classes.row}
          style={{ width: `${width}%` }}
        />
      ))}
    </div>
  );
}
