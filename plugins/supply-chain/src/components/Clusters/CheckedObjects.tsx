import Button from '@material-ui/core/Button';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useCheckedObjects } from '../../hooks/useClusters';
import { usePageState, useUrlState } from '../../hooks/useUrlState';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { TimeAgo } from '../../ui/TimeAgo';
import { Pager } from '../shared/Pager';

/**
 * The objects a check fails on, paged by the backend.
 */
export function CheckedObjects(props: {
  cluster: string;
  topic: schema.ClusterCheckTopicName;
  check: string;
}) {
  const { check } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const { set } = useUrlState();
  const { page, pageSize } = usePageState();
  const state = useCheckedObjects({
    ...props,
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <div className={classes.page}>
      <div>
        <Button
          size="small"
          variant="outlined"
          className={classes.plainButton}
          onClick={() =>
            set({ check: undefined, topic: undefined, page: undefined })
          }
        >
          {t('clusters.checks.back')}
        </Button>
      </div>
      <Panel title={t('clusters.checks.objects', { check })}>
        <RemoteContent state={state}>
          {objects => <Objects page={objects} check={check} />}
        </RemoteContent>
      </Panel>
    </div>
  );
}

function Objects(props: { page: schema.CheckedObjectPage; check: string }) {
  const { total, items } = props.page;
  const messages = useMessages();
  const { t } = messages;
  return (
    <>
      <ResponsiveTable
        caption={t('clusters.checks.objectsCaption', { check: props.check })}
        columns={columnsOf(messages)}
        rows={items}
        keyOf={({ kind, name }) => JSON.stringify([kind, name])}
        empty={t('clusters.checks.objectsEmpty')}
      />
      {total > 0 && <Pager total={total} />}
    </>
  );
}

function columnsOf({ t }: Messages): Column<schema.CheckedObject>[] {
  return [
    {
      id: 'object',
      minWidthPx: 180,
      label: t('clusters.checks.column.object'),
      render: ({ kind, name }) => <HostileText text={`${kind} ${name}`} />,
    },
    {
      id: 'about',
      minWidthPx: 240,
      label: t('clusters.checks.column.about'),
      render: ({ messages }) =>
        messages.length === 0
          ? t('dash')
          : messages.map(message => (
              <div key={message}>
                <HostileText text={message} />
              </div>
            )),
    },
    {
      id: 'reported',
      noWrap: true,
      label: t('clusters.checks.column.reported'),
      render: ({ observedAt }) => <TimeAgo at={observedAt} />,
    },
  ];
}
