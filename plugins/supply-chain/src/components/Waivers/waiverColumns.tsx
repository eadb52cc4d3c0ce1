import Button from '@material-ui/core/Button';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { EntityLink } from '../../ui/EntityChip';
import { ExpandButton } from '../../ui/ExpandButton';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column } from '../../ui/ResponsiveTable';
import { DateTime } from '../../ui/TimeAgo';
import { Choice } from './waiverLists';
import { WaiverScope } from './WaiverScope';

/** Options of {@link waiverColumns}. */
export type WaiverColumnsOptions = {
  messages: Messages;
  ruleTitle: (ruleId: string) => string;
  openKey: string | undefined;
  toggle: (id: string) => void;
  decide: (choice: Choice) => void;
};

/**
 * The columns of every list of waivers.
 */
export function waiverColumns(
  options: WaiverColumnsOptions,
): Column<schema.WaiverReport>[] {
  const { messages, ruleTitle, openKey, toggle, decide } = options;
  const { t } = messages;
  return [
    {
      id: 'rule',
      label: t('waivers.column.rule'),
      render: waiver => (
        <RuleCell
          waiver={waiver}
          title={ruleTitle(waiver.rule)}
          open={waiver.id === openKey}
          onToggle={() => toggle(waiver.id)}
        />
      ),
    },
    {
      id: 'scope',
      label: t('waivers.column.scope'),
      render: waiver => <WaiverScope waiver={waiver} />,
    },
    {
      id: 'people',
      label: t('waivers.column.people'),
      render: waiver => <People waiver={waiver} />,
    },
    {
      id: 'end',
      label: t('waivers.column.end'),
      render: waiver => <Standing waiver={waiver} />,
    },
    {
      id: 'actions',
      label: t('waivers.column.actions'),
      render: waiver => (
        <Actions
          waiver={waiver}
          title={ruleTitle(waiver.rule)}
          decide={decide}
        />
      ),
    },
  ];
}

function RuleCell(props: {
  waiver: schema.WaiverReport;
  title: string;
  open: boolean;
  onToggle: () => void;
}) {
  const { waiver, title, open, onToggle } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <ExpandButton
        rowKey={waiver.id}
        name={title}
        open={open}
        onToggle={onToggle}
      />
      <div className={classes.secondary}>
        {waiver.policy
          ? t('waivers.inPolicy', { name: waiver.policy })
          : t('waivers.inEveryPolicy')}
        {' · '}
        {t(`waivers.source.${waiver.source}`)}
      </div>
    </>
  );
}

function Person(props: { entityRef: string }) {
  return <EntityLink entityRef={props.entityRef} defaultKind="user" />;
}

function People(props: { waiver: schema.WaiverReport }) {
  const { source, state, requestedBy, approvedBy, closedBy } = props.waiver;
  const { t } = useMessages();
  const closing =
    state === 'denied' || state === 'withdrawn' || state === 'ended'
      ? t(`waivers.closedBy.${state}`)
      : undefined;
  return (
    <>
      <div>
        {t('waivers.requestedBy')} <Person entityRef={requestedBy} />
      </div>
      {approvedBy && (
        <div>
          {t(
            source === 'git' ? 'waivers.approvedByMerge' : 'waivers.approvedBy',
          )}{' '}
          <Person entityRef={approvedBy} />
        </div>
      )}
      {closedBy && closing && (
        <div>
          {closing} <Person entityRef={closedBy} />
        </div>
      )}
    </>
  );
}

const SIGNS: Record<schema.WaiverState, schema.Outcome> = {
  pending: 'unknown',
  approved: 'notApplicable',
  active: 'waived',
  ending: 'warn',
  ended: 'notApplicable',
  denied: 'notApplicable',
  withdrawn: 'notApplicable',
  lapsed: 'notApplicable',
};

function Standing(props: { waiver: schema.WaiverReport }) {
  const { state, expires, closedAt } = props.waiver;
  const { t } = useMessages();
  const classes = usePageStyles();
  const isOver = ['ended', 'denied', 'withdrawn', 'lapsed'].includes(state);
  return (
    <>
      <OutcomeLabel outcome={SIGNS[state]}>
        {t(`waivers.state.${state}`)}
      </OutcomeLabel>
      <div className={classes.secondary}>
        {closedAt ? (
          <>
            {t('waivers.closedAt')} <DateTime at={closedAt} />
          </>
        ) : (
          <>
            {t(isOver ? 'waivers.wasUntil' : 'waivers.until')}{' '}
            <DateTime at={expires} />
          </>
        )}
      </div>
    </>
  );
}

/** Only what the backend says the reader may do. */
function Actions(props: {
  waiver: schema.WaiverReport;
  title: string;
  decide: (choice: Choice) => void;
}) {
  const { waiver, title, decide } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (waiver.may.length === 0) {
    return <>{t('dash')}</>;
  }
  return (
    <div className={classes.row}>
      {waiver.may.map(verb => (
        <Button
          key={verb}
          size="small"
          variant={verb === 'approve' ? 'contained' : 'outlined'}
          color={verb === 'approve' ? 'primary' : 'default'}
          className={classes.plainButton}
          aria-label={t('waivers.decide.named', {
            verb: t(`waivers.decide.${verb}`),
            name: title,
          })}
          onClick={() => decide({ waiver, verb })}
        >
          {t(`waivers.decide.${verb}`)}
        </Button>
      ))}
    </div>
  );
}
