import Button from '@material-ui/core/Button';
import { doesNotPass, schema } from 'backstage-plugin-supply-chain-common';
import { pageParameter, useUrlState } from '../../hooks/useUrlState';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { TimeAgo } from '../../ui/TimeAgo';
import { workloadText } from './EnforcerNotes';

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

/**
 * How many results there are of each kind.
 */
export function countsText(
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

/**
 * The results that do not pass, and the others when asked.
 */
export function EnforcerResults(props: {
  said: Pick<schema.OtherEnforcers, 'results' | 'total'>;
  caption: string;
  /** The parameter of the address that opens all of them. */
  openedBy: string;
}) {
  const { caption, openedBy } = props;
  const { results, total } = props.said;
  const { t } = useMessages();
  const classes = usePageStyles();
  const { get } = useUrlState();
  const worrying = results.filter(doesNotPass);
  return (
    <>
      <EnforcerTable
        caption={caption}
        rows={get(openedBy) === 'all' ? results : worrying}
        empty={t('enforcers.onlyGood')}
      />
      <ShowAllButton
        openedBy={openedBy}
        hidden={results.length - worrying.length}
      />
      {total > results.length && (
        <p className={classes.secondary}>
          {t('enforcers.notListed', { count: total - results.length })}
        </p>
      )}
    </>
  );
}

/**
 * Shows the results that pass too, or no more. Nothing where none is hidden.
 */
export function ShowAllButton(props: {
  /** The parameter of the address that opens all of them. */
  openedBy: string;
  hidden: number;
  /** The paged list that begins again, as for `usePageState`. */
  list?: string;
}) {
  const { openedBy, hidden, list } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const { get, set } = useUrlState();
  const all = get(openedBy) === 'all';
  if (hidden === 0) {
    return null;
  }
  const firstPage =
    list === undefined ? {} : { [pageParameter(list)]: undefined };
  return (
    <Button
      size="small"
      className={classes.plainButton}
      aria-expanded={all}
      onClick={() => set({ [openedBy]: all ? undefined : 'all', ...firstPage })}
    >
      {all
        ? t('enforcers.showFewer')
        : t('enforcers.showAll', { count: hidden })}
    </Button>
  );
}

/**
 * Results as enforcers and scanners report them.
 */
export function EnforcerTable(props: {
  caption: string;
  rows: readonly schema.EnforcerResult[];
  /** @defaultValue nothing matches the filters */
  empty?: string;
}) {
  const messages = useMessages();
  return (
    <ResponsiveTable columns={columnsOf(messages)} keyOf={keyOf} {...props} />
  );
}

function keyOf(row: schema.EnforcerResult): string {
  const { source, policy, rule, instance, workload } = row;
  const place = Object.values(workload);
  return JSON.stringify([source, policy, rule, instance, place]);
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
      render: row => <WhatItSays row={row} />,
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

function WhatItSays(props: { row: schema.EnforcerResult }) {
  const { title, message, remediation } = props.row;
  const { t } = useMessages();
  const classes = usePageStyles();
  // A title alone would stand twice: as what is checked and as what is wrong.
  const texts = [title, message === title ? undefined : message];
  const said = texts.filter(text => text !== undefined && text !== '');
  return (
    <>
      {said.length === 0 && t('dash')}
      {said.map(text => (
        <div key={text}>
          <HostileText text={text ?? ''} />
        </div>
      ))}
      {remediation && (
        <div className={classes.secondary}>
          {t('enforcers.remediation')} <HostileText text={remediation} />
        </div>
      )}
    </>
  );
}

function Policy(props: { row: schema.EnforcerResult }) {
  const { policy, rule, instance, source, category, severity } = props.row;
  const { t } = useMessages();
  const classes = usePageStyles();
  const below = [
    source ?? t('enforcers.noSource'),
    ...(instance ? [instance] : []),
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
