import { schema } from 'backstage-plugin-supply-chain-common';
import { Link } from '@backstage/core-components';
import { Links, useLinks } from '../../hooks/useLinks';
import { Messages, useMessages } from '../../translations/useMessages';
import { useUnlinked } from '../../hooks/useSources';
import { usePageState } from '../../hooks/useUrlState';
import { SandboxBanner } from '../../ui/Banners';
import { CopyButton } from '../../ui/CopyButton';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { HostileText } from '../../ui/HostileText';
import { shortImageName } from '../../ui/imageName';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { ClusterList } from '../Clusters';
import { Pager } from '../shared/Pager';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';

/**
 * What runs and belongs to nobody, with the annotation that would change it.
 */
export function UnlinkedPage() {
  const { page, pageSize } = usePageState();
  const state = useUnlinked({ offset: page * pageSize, limit: pageSize });
  const messages = useMessages();
  const links = useLinks();
  const classes = usePageStyles();
  const { t } = messages;
  return (
    <div className={classes.frame} data-supply-chain>
      <RemoteContent state={state}>
        {({ items, total, sandbox }) => (
          <div className={classes.page}>
            <SandboxBanner sandbox={sandbox} />
            <Panel
              title={t('overview.unlinked.title')}
              subtitle={t('overview.unlinked.hint')}
            >
              <ResponsiveTable
                caption={t('overview.unlinked.caption')}
                columns={columnsOf(messages, links)}
                rows={items}
                keyOf={row =>
                  [
                    row.cluster,
                    row.namespace,
                    row.workloadKind,
                    row.workloadName,
                    row.imageRef,
                    row.digest,
                  ].join('/')
                }
                empty={t('overview.unlinked.none')}
              />
              {total > 0 && <Pager total={total} />}
            </Panel>
            <ClusterList />
          </div>
        )}
      </RemoteContent>
    </div>
  );
}

function columnsOf(
  { t, label, meaning }: Messages,
  links: Links,
): Column<schema.UnlinkedRow>[] {
  return [
    {
      id: 'workload',
      label: t('overview.unlinked.column.workload'),
      render: row => (
        <>
          <HostileText
            text={`${row.namespace} / ${row.workloadKind} ${row.workloadName}`}
          />
          <div>{t('pods', { count: row.pods })}</div>
        </>
      ),
    },
    {
      id: 'cluster',
      label: t('overview.unlinked.column.cluster'),
      render: row => <HostileText text={row.cluster} />,
    },
    {
      id: 'image',
      label: t('overview.unlinked.column.image'),
      render: row => <ImageName row={row} links={links} />,
    },
    {
      id: 'outcome',
      label: t('overview.unlinked.column.outcome'),
      render: row => (
        <>
          <OutcomeLabel outcome={row.outcome} of="service" />
          {row.reason && (
            <div title={meaning(row.reason)}>{label(row.reason)}</div>
          )}
        </>
      ),
    },
    {
      id: 'annotation',
      label: t('overview.unlinked.column.annotation'),
      render: row => (
        <>
          <HostileText code text={row.annotation} />
          {!hasUnseenCharacters(row.annotation) && (
            <CopyButton text={row.annotation} name={row.annotation} />
          )}
        </>
      ),
    },
  ];
}

function ImageName(props: { row: schema.UnlinkedRow; links: Links }) {
  const { imageRef, repository, digest } = props.row;
  const name = <HostileText text={shortImageName(imageRef)} />;
  return repository && digest ? (
    <Link to={props.links.image({ repository, digest })}>{name}</Link>
  ) : (
    name
  );
}
