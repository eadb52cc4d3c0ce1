import { schema } from 'backstage-plugin-supply-chain-common';
import { useClusterComponents } from '../../hooks/useClusters';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import {
  ComponentList,
  DocumentLine,
  useComponentsAsked,
} from '../shared/contents';
import { isReadWell, ReadNotices } from './ReadNotices';

/**
 * What the cluster itself is made of, as its newest SBOM tells.
 */
export function ContentsTab(props: { report: schema.ClusterReport }) {
  const { cluster, contents } = props.report;
  const { reads, sbom } = contents;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.page}>
      <ReadNotices reads={reads} />
      {sbom ? (
        <Contents cluster={cluster} sbom={sbom} />
      ) : (
        isReadWell(reads) && <p>{t('clusters.read.ok')}</p>
      )}
    </div>
  );
}

function Contents(props: { cluster: string; sbom: schema.ClusterSbom }) {
  const { cluster, sbom } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const state = useClusterComponents({ cluster, ...useComponentsAsked() });
  const described = [sbom.name, sbom.version].filter(Boolean).join(' ');
  return (
    <Panel
      title={<HostileText text={described || t('clusters.contents.title')} />}
      subtitle={<DocumentLine document={sbom} />}
    >
      <p className={classes.secondary} style={{ marginTop: 0 }}>
        {t('clusters.contents.about')}
      </p>
      <ComponentList state={state} caption={t('clusters.contents.caption')} />
    </Panel>
  );
}
