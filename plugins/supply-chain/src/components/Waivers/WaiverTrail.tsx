import { schema } from 'backstage-plugin-supply-chain-common';
import { useWaiverEvents } from '../../hooks/useWaivers';
import { Messages, useMessages } from '../../translations/useMessages';
import { EntityLink } from '../../ui/EntityChip';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { DateTime } from '../../ui/TimeAgo';

/**
 * Who did what to a waiver, when, and what it changed.
 */
export function WaiverTrail(props: { waiver: schema.WaiverReport }) {
  const { waiver } = props;
  const { t } = useMessages();
  return (
    <Panel headingLevel="h3" title={t('waivers.trail.title')}>
      {waiver.source === 'git' ? (
        t('waivers.trail.inGit')
      ) : (
        <Events key={`${waiver.id}/${waiver.state}`} id={waiver.id} />
      )}
    </Panel>
  );
}

function Events(props: { id: string }) {
  const state = useWaiverEvents(props.id);
  const messages = useMessages();
  return (
    <RemoteContent state={state}>
      {({ items }) => (
        <ResponsiveTable
          caption={messages.t('waivers.trail.caption')}
          columns={columnsOf(messages)}
          rows={items}
          keyOf={({ at, verb }) => `${at}/${verb}`}
        />
      )}
    </RemoteContent>
  );
}

function columnsOf({ t }: Messages): Column<schema.WaiverEvent>[] {
  return [
    {
      id: 'at',
      label: t('waivers.trail.column.at'),
      render: event => <DateTime at={event.at} />,
    },
    {
      id: 'actor',
      label: t('waivers.trail.column.actor'),
      render: event => (
        <EntityLink entityRef={event.actor} defaultKind="user" />
      ),
    },
    {
      id: 'verb',
      label: t('waivers.trail.column.verb'),
      render: event => <What event={event} />,
    },
    {
      id: 'changes',
      label: t('waivers.trail.column.changes'),
      render: event => <Changes event={event} />,
    },
  ];
}

function What(props: { event: schema.WaiverEvent }) {
  const { verb, comment } = props.event;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {t(`waivers.trail.verb.${verb}`)}
      {comment && (
        <div className={`${classes.secondary} ${classes.wrapped}`}>
          <HostileText text={comment} />
        </div>
      )}
    </>
  );
}

/** As a person reads it: names of fields and people, no brackets around a single text. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(valueText).join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Changes(props: { event: schema.WaiverEvent }) {
  const { before, after } = props.event;
  const { t } = useMessages();
  const classes = usePageStyles();
  const names = Object.keys(after).filter(
    name => valueText(before[name]) !== valueText(after[name]),
  );
  if (names.length === 0) {
    return <>{t('waivers.trail.nothing')}</>;
  }
  return (
    <ul className={classes.plainList}>
      {names.map(name => (
        <li key={name} className={classes.wrapped}>
          {before[name] === undefined
            ? t('waivers.trail.added', { name, after: valueText(after[name]) })
            : t('waivers.trail.change', {
                name,
                before: valueText(before[name]),
                after: valueText(after[name]),
              })}
        </li>
      ))}
    </ul>
  );
}
