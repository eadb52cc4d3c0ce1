import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';

/**
 * The policies that do not cover an image, with what kept each out. Nothing where there are none, or where the user may
 * not read policies.
 */
export function NotCoveredBy(props: { coverage?: schema.PolicyCoverage[] }) {
  const messages = useMessages();
  const { t } = messages;
  const others = (props.coverage ?? []).filter(each => !each.matches);
  if (others.length === 0) {
    return null;
  }
  return (
    <Panel title={t('coverage.title')}>
      <ResponsiveTable
        caption={t('coverage.caption')}
        columns={columnsOf(messages)}
        rows={others}
        keyOf={({ policy }) => policy.name}
      />
    </Panel>
  );
}

function columnsOf({ t }: Messages): Column<schema.PolicyCoverage>[] {
  return [
    {
      id: 'policy',
      minWidthPx: 160,
      label: t('coverage.policy'),
      render: ({ policy }) => (
        <HostileText text={policy.title ?? policy.name} />
      ),
    },
    {
      id: 'why',
      minWidthPx: 240,
      label: t('coverage.why'),
      render: ({ keptOutBy }) => <Why keptOutBy={keptOutBy} />,
    },
  ];
}

function Why(props: { keptOutBy: schema.PolicyMismatch[] }) {
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList} style={{ overflowWrap: 'anywhere' }}>
      {props.keptOutBy.map(mismatch => (
        <li key={mismatch.key}>{whyText(mismatch, t)}</li>
      ))}
    </ul>
  );
}

// Parameters of messages are escaped where the messages are made (L32).
function whyText(
  { key, wanted, found }: schema.PolicyMismatch,
  t: Messages['t'],
): string {
  if (key === 'entities') {
    return t('coverage.noEntity');
  }
  const about = {
    key: t(`policies.match.key.${key}`),
    wanted: wanted.join(', '),
  };
  return found.length > 0
    ? t('coverage.other', { ...about, found: found.join(', ') })
    : t('coverage.nothing', about);
}
