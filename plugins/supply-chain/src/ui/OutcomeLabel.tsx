import { ReactNode } from 'react';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../translations/useMessages';
import { OUTCOME_COLORS } from './outcomeColors';
import { OutcomeSign } from './OutcomeSign';

const useStyles = makeStyles(
  {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      fontWeight: 600,
      'td &': { whiteSpace: 'nowrap' },
    },
    large: { fontSize: '1.2rem', gap: 8 },
  },
  { name: 'SupplyChainOutcomeLabel' },
);

/**
 * An outcome as sign and word; colour never stands alone.
 */
export function OutcomeLabel(props: {
  outcome: schema.Outcome;
  /** Whose outcome: the words differ. @defaultValue rule */
  of?: 'service' | 'rule';
  /** Another word than the outcome's own. */
  children?: ReactNode;
  large?: boolean;
}) {
  const { outcome, of = 'rule', children, large } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useMessages();
  const word = children ?? t(`outcome.${of}.${outcome}`);
  return (
    <span
      className={`${classes.root} ${large ? classes.large : ''}`}
      style={{ color: OUTCOME_COLORS[theme.palette.type][outcome] }}
    >
      {/* The sign of "not applicable" is a dash itself: one is enough. */}
      {word !== t('dash') && (
        <OutcomeSign outcome={outcome} sizePx={large ? 22 : 16} />
      )}
      <span>{children ?? t(`outcome.${of}.${outcome}`)}</span>
    </span>
  );
}
