import { Link } from '@backstage/core-components';
import {
  OUTCOMES_WORST_FIRST,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { OWNER_ALL } from '../../hooks/useOwnerFilter';
import { useMessages } from '../../translations/useMessages';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';

/**
 * How many came to each outcome, worst first, those that occur; with a filter each leads to the services behind it.
 */
export function OutcomeCounts(props: {
  /** Whose outcomes: the words differ. */
  of: 'service' | 'rule';
  counts: schema.OutcomeCounts;
  /** Which policy and rule they are counted under. */
  filter?: { policy: string; rule?: string };
}) {
  const { of, counts, filter } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const occurring = OUTCOMES_WORST_FIRST.filter(outcome => counts[outcome] > 0);
  if (occurring.length === 0) {
    return <>{t('policies.outcome.nothing')}</>;
  }
  return (
    <ul className={classes.plainList}>
      {occurring.map(outcome => (
        <li key={outcome}>
          <Count
            of={of}
            outcome={outcome}
            count={counts[outcome]}
            filter={filter}
          />
        </li>
      ))}
    </ul>
  );
}

function Count(props: {
  of: 'service' | 'rule';
  outcome: schema.Outcome;
  count: number;
  filter?: { policy: string; rule?: string };
}) {
  const { of, outcome, count, filter } = props;
  const { t, number } = useMessages();
  const links = useLinks();
  // As a rule says it, "not applicable" is a dash: beside a number that reads as nothing at all.
  const word = t(
    `outcome.${outcome === 'notApplicable' ? 'service' : of}.${outcome}`,
  );
  const label = (
    <OutcomeLabel outcome={outcome}>
      {number(count)} {word}
    </OutcomeLabel>
  );
  if (!filter) {
    return label;
  }
  const query = { owner: OWNER_ALL, ...filter, policyOutcome: outcome };
  return (
    <Link
      to={links.overview(query)}
      underline="always"
      color="inherit"
      title={t('policies.outcome.show', { outcome: word })}
    >
      {label}
    </Link>
  );
}
