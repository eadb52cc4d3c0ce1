import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { EntityLink } from '../../ui/EntityChip';
import { shortImageName } from '../../ui/imageName';
import { HostileText } from '../../ui/HostileText';
import { OutcomeSign } from '../../ui/OutcomeSign';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { TimeAgo } from '../../ui/TimeAgo';

/**
 * What came to another outcome in the last day.
 */
export function Changes(props: { changes: schema.Change[] }) {
  const { changes } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <Panel title={t('overview.changes.title')}>
      {changes.length === 0 && t('overview.changes.none')}
      <ul className={classes.plainList}>
        {changes.map(change => (
          <li
            key={`${change.at}/${change.entityRef}/${change.imageRef}`}
            style={{ padding: '6px 0' }}
          >
            <ChangeLine change={change} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ChangeLine(props: { change: schema.Change }) {
  const { change } = props;
  const { t, label, meaning } = useMessages();
  const classes = usePageStyles();
  const { outcome, previousOutcome, reason, imageRef, owner } = change;
  const next = t(`outcome.service.${outcome}`);
  return (
    <div className={classes.row} style={{ alignItems: 'flex-start' }}>
      <OutcomeSign outcome={outcome} />
      <div className={classes.grow} style={{ minWidth: 0 }}>
        <span className={classes.strong}>
          <EntityLink entityRef={change.entityRef} defaultKind="component" />
        </span>{' '}
        {previousOutcome
          ? t('overview.changes.fromTo', {
              previous: t(`outcome.service.${previousOutcome}`),
              next,
            })
          : next}
        <div className={classes.secondary}>
          {reason && <span title={meaning(reason)}>{label(reason)} · </span>}
          {imageRef && (
            <span>
              <HostileText text={shortImageName(imageRef)} /> ·{' '}
            </span>
          )}
          <TimeAgo at={change.at} />
        </div>
      </div>
      {owner && (
        <span className={classes.secondary}>
          <EntityLink entityRef={owner} />
        </span>
      )}
    </div>
  );
}
