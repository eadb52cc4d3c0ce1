import { makeStyles, useTheme } from '@material-ui/core/styles';
import {
  schema,
  SEVERITIES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../translations/useMessages';
import { SEVERITY_COLORS } from './outcomeColors';

const useStyles = makeStyles(
  {
    list: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      gap: 4,
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    chip: {
      display: 'inline-block',
      borderRadius: 3,
      border: '1px solid',
      padding: '0 6px',
      fontSize: '0.78rem',
      lineHeight: '1.5',
      whiteSpace: 'nowrap',
    },
  },
  { name: 'SupplyChainSeverityChips' },
);

/**
 * One severity as a chip with its word.
 */
export function SeverityChip(props: {
  severity: schema.Severity;
  count?: number;
}) {
  const { severity, count } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t, number } = useMessages();
  const color = SEVERITY_COLORS[theme.palette.type][severity];
  const word = t(`severity.${severity}`);
  const style = {
    color: color.text,
    background: color.ground,
    borderColor: color.edge,
  };
  if (count === undefined) {
    return (
      <span className={classes.chip} style={style}>
        {word}
      </span>
    );
  }
  return (
    <abbr
      className={classes.chip}
      style={{ ...style, textDecoration: 'none' }}
      title={`${number(count)} ${word}`}
      aria-label={`${number(count)} ${word}`}
      role="img"
    >
      {number(count)} {t(`severityLetter.${severity}`)}
    </abbr>
  );
}

/**
 * Findings by severity, worst first, those that occur.
 */
export function SeverityChips(props: { counts: schema.SeverityCounts }) {
  const classes = useStyles();
  const { t } = useMessages();
  const occurring = SEVERITIES_WORST_FIRST.filter(
    severity => props.counts[severity] > 0,
  );
  if (occurring.length === 0) {
    return <span>{t('vulnerabilities.none')}</span>;
  }
  return (
    <ul className={classes.list}>
      {occurring.map(severity => (
        <li key={severity}>
          <SeverityChip severity={severity} count={props.counts[severity]} />
        </li>
      ))}
    </ul>
  );
}
