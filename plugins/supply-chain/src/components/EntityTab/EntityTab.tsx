import { useCallback, useMemo } from 'react';
import {
  filterImages,
  OUTCOMES_WORST_FIRST,
  schema,
} from 'backstage-plugin-supply-chain-common';
import {
  CompoundEntityRef,
  getCompoundEntityRef,
} from '@backstage/catalog-model';
import { EmptyState } from '@backstage/core-components';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { useEntityReport } from '../../hooks/useEntityReport';
import { useEntityImagesExport } from '../../hooks/useImageExports';
import { useMessages } from '../../translations/useMessages';
import { useRecheck } from '../../hooks/useRecheck';
import { useUrlState } from '../../hooks/useUrlState';
import { SandboxBanner } from '../../ui/Banners';
import { ClusterChecks } from '../shared/ClusterChecks';
import { OtherEnforcers } from '../shared/OtherEnforcers';
import { RecheckButton, RecheckProgress } from '../shared/RecheckButton';
import { SourceBanners } from '../shared/SourceBanners';
import { Notice } from '../../ui/Notice';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { TimeAgo } from '../../ui/TimeAgo';
import { AnnotatedImages } from './AnnotatedImages';
import { AnswerTiles } from './AnswerTiles';
import { isPlaced } from './isPlaced';
import { NextSteps } from './NextSteps';
import { RunningImages } from './RunningImages';
import { VerdictBar } from './VerdictBar';

/** The annotations that link an entity to its workloads, the simplest first. */
const LINKING_ANNOTATIONS = ['backstage.io/kubernetes-id'];

/**
 * The supply chain of a component or resource.
 *
 * @public
 */
export function EntityTab() {
  const { entity } = useEntity();
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  const reference = useMemo(
    () => ({
      kind: kind.toLocaleLowerCase('en-US'),
      namespace: namespace.toLocaleLowerCase('en-US'),
      name: name.toLocaleLowerCase('en-US'),
    }),
    [kind, namespace, name],
  );
  const report = useEntityReport(reference);
  return (
    <RemoteContent state={report}>
      {value => (
        <EntityReportView
          entity={reference}
          report={value}
          reload={report.reload}
        />
      )}
    </RemoteContent>
  );
}

function EntityReportView(props: {
  entity: CompoundEntityRef;
  report: schema.EntityReport;
  reload: () => void;
}) {
  const { report } = props;
  const classes = usePageStyles();
  const { t } = useMessages();
  return (
    <div className={classes.page} data-supply-chain>
      <SandboxBanner sandbox={report.sandbox} />
      <SourceBanners sources={report.sources} />
      {report.state === 'notAnnotated' && (
        <MissingAnnotationEmptyState annotation={LINKING_ANNOTATIONS} />
      )}
      {report.state === 'neverSeen' && report.images.length > 0 && (
        <OnlyAnnotatedImages {...props} />
      )}
      {report.state === 'neverSeen' && report.images.length === 0 && (
        <EmptyState
          missing="content"
          title={t('entity.empty.neverSeen')}
          description={t('entity.empty.neverSeenHint')}
        />
      )}
      {(report.state === 'running' || report.state === 'notRunning') && (
        <KnownImages {...props} />
      )}
    </div>
  );
}

function NotRunningNotice(props: { lastSeen?: string }) {
  const { t } = useMessages();
  return (
    <Notice tone="unknown">
      {props.lastSeen ? (
        <>
          {t('entity.empty.notRunning')} <TimeAgo at={props.lastSeen} />.
        </>
      ) : (
        t('entity.empty.notRunningNever')
      )}
    </Notice>
  );
}

/** Nothing was ever seen running; what the annotation names is shown all the same. */
function OnlyAnnotatedImages(props: {
  entity: CompoundEntityRef;
  report: schema.EntityReport;
  reload: () => void;
}) {
  const { entity, report, reload } = props;
  const recheck = useRecheck({ entity, pending: report.pending, reload });
  return (
    <>
      <NotRunningNotice />
      <AnnotatedImages
        rows={report.images}
        total={report.images.length}
        actions={
          <>
            <RecheckProgress state={recheck.state} />
            <RecheckButton recheck={recheck} />
          </>
        }
      />
    </>
  );
}

function KnownImages(props: {
  entity: CompoundEntityRef;
  report: schema.EntityReport;
  reload: () => void;
}) {
  const { entity, report, reload } = props;
  const { get, set } = useUrlState();
  const cluster = get('cluster');
  const outcome = OUTCOMES_WORST_FIRST.find(each => each === get('outcome'));
  const text = get('filter');
  const rows = useMemo(
    () => filterImages(report.images, { cluster, outcome, text }),
    [report.images, cluster, outcome, text],
  );
  const exporting = useEntityImagesExport({
    entity,
    cluster,
    outcome,
    search: text,
  });
  const named = report.images.filter(row => !isPlaced(row));
  const recheck = useRecheck({ entity, pending: report.pending, reload });
  // The row is opened even when a filter hides it: who asks for it wants to see it.
  const showImage = useCallback(
    (image: string) =>
      set(
        { image, cluster: undefined, outcome: undefined, filter: undefined },
        { push: true },
      ),
    [set],
  );
  return (
    <>
      {report.state === 'notRunning' && (
        <NotRunningNotice lastSeen={report.lastSeen} />
      )}
      <VerdictBar report={report} recheck={recheck} exporting={exporting} />
      <AnswerTiles
        tiles={report.tiles}
        images={report.images.filter(isPlaced)}
      />
      <NextSteps report={report} onShowImage={showImage} />
      <RunningImages report={report} rows={rows.filter(isPlaced)} />
      {named.length > 0 && (
        <AnnotatedImages
          rows={named.filter(row => rows.includes(row))}
          total={named.length}
        />
      )}
      <ClusterChecks checks={report.clusterChecks} of={{ entity }} />
      <OtherEnforcers enforcers={report.otherEnforcers} />
    </>
  );
}
