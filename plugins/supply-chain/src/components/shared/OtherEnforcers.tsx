import Button from '@material-ui/core/Button';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useUrlState } from '../../hooks/useUrlState';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { TimeAgo } from '../../ui/TimeAgo';
import { EnforcerNotes, workloadText } from './EnforcerNotes';

type Result = schema.EnforcerResult['result'];

/** The signs are ours, the words theirs: what an enforcer could not evaluate can't be told, and is not red. */
const SIGNS: Record<Result, schema.Outcome> = {
  fail: 'fail',
  error: 'unknown',
  warn: 'warn',
  pass: 'pass',
  skip: 'notApplicable',
};
const RESULTS = Object.keys(SIGNS) as Result[];
const SHOWN_AT_ONCE = new Set<Result>(['fail', 'error', 'warn']);

/**
 * What other enforcers of the clusters say of the workloads. Nothing where nothing is known of any.
 */
export function OtherEnforcers(props: { enforcers?: schema.OtherEnforcers }) {
  const { enforcers } = props;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  if (!enforcers) {
    return null;
  }
  return (
    <Panel
      title={t('enforcers.title')}
      subtitle={countsText(enforcers.counts, messages)}
    >
      <p className={classes.secondary} style={{ marginTop: 0 }}>
        {t('enforcers.about')}
      </p>
      {enforcers.total === 0 ? (
        <p>{t('enforcers.onlyNotes')}</p>
      ) : (
        <Results enforcers={enforcers} />
      )}
      <EnforcerNotes notes={enforcers.notes} />
    </Panel>
  );
}

function countsText(
  counts: schema.EnforcerCounts,
  { t, number }: Messages,
): string {
  return RESULTS.filter(result => counts[result] > 0)
    .map(result =>
      t('enforcers.count', {
        result: t(`enforcers.result.${result}`),
        count: number(counts[result]),
      }),
    )
    .join(' · ');
}

function Results(props: { enforcers: schema.OtherEnforcers }) {
  const { results, total } = props.enforcers;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  const { get, set } = useUrlState();
  const all = get('enforcers') === 'all';
  const worrying = results.filter(({ result }) => SHOWN_AT_ONCE.has(result));
  const rows = all ? results : worrying;
  const hidden = results.length - worrying.length;
  return (
    <>
      {rows.length === 0 ? (
        <p>{t('enforcers.onlyGood')}</p>
      ) : (
        <ResponsiveTable
          caption={t('enforcers.caption')}
          columns={columnsOf(messages)}
          rows={rows}
          keyOf={keyOf}
        />
      )}
      {hidden > 0 && (
        <Button
          size="small"
          className={classes.plainButton}
          aria-expanded={all}
          onClick={() => set({ enforcers: all ? undefined : 'all' })}
        >
          {all
            ? t('enforcers.showFewer')
            : t('enforcers.showAll', { count: hidden })}
        </Button>
      )}
      {total > results.length && (
        <p className={classes.secondary}>
          {t('enforcers.notListed', { count: total - results.length })}
        </p>
      )}
    </>
  );
}

function keyOf(row: schema.EnforcerResult): string {
  const { source, policy, rule, workload } = row;
  return JSON.stringify([source, policy, rule, Object.values(workload)]);
}

function columnsOf({ t }: Messages): Column<schema.EnforcerResult>[] {
  return [
    {
      id: 'result',
      noWrap: true,
      label: t('enforcers.column.result'),
      render: ({ result }) => (
        <OutcomeLabel outcome={SIGNS[result]}>
          {t(`enforcers.result.${result}`)}
        </OutcomeLabel>
      ),
    },
    {
      id: 'policy',
      minWidthPx: 160,
      label: t('enforcers.column.policy'),
      render: row => <Policy row={row} />,
    },
    {
      id: 'message',
      minWidthPx: 200,
      label: t('enforcers.column.message'),
      render: ({ message }) =>
        message ? <HostileText text={message} /> : t('dash'),
    },
    {
      id: 'workload',
      label: t('enforcers.column.workload'),
      render: ({ workload }) => <HostileText text={workloadText(workload)} />,
    },
    {
      id: 'observed',
      noWrap: true,
      label: t('enforcers.column.observed'),
      render: ({ observedAt }) => <TimeAgo at={observedAt} />,
    },
  ];
}

function Policy(props: { row: schema.EnforcerResult }) {
  const { policy, rule, source, category, severity } = props.row;
  const { t } = useMessages();
  const classes = usePageStyles();
  const below = [
    source ?? t('enforcers.noSource'),
    ...(category ? [category] : []),
    ...(severity ? [t(`severity.${severity}`)] : []),
  ];
  return (
    <>
      <HostileText text={rule ? `${policy} / ${rule}` : policy} />
      <div className={classes.secondary}>
        <HostileText text={below.join(' · ')} />
      </div>
    </>
  );
}
