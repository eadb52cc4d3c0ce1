import { useMemo } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { getCompoundEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import { useEntityReport } from '../../hooks/useEntityReport';
import { useMessages } from '../../translations/useMessages';
import { SandboxBanner } from '../../ui/Banners';
import { OutcomeUntil } from '../shared/waivers/OutcomeUntil';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { TimeAgo } from '../../ui/TimeAgo';
import { headlineOf } from '../EntityTab/headlineOf';

/**
 * The supply chain of a component or resource in short, for its overview.
 *
 * @public
 */
export function EntityCard() {
  const { entity } = useEntity();
  const reference = useMemo(() => getCompoundEntityRef(entity), [entity]);
  const { t } = useMessages();
  const state = useEntityReport(reference);
  return (
    <InfoCard title={t('entity.card.title')}>
      <RemoteContent state={state}>
        {report => <CardContent report={report} />}
      </RemoteContent>
    </InfoCard>
  );
}

function CardContent(props: { report: schema.EntityReport }) {
  const { report } = props;
  const messages = useMessages();
  const { t } = messages;
  const { entity } = useEntity();
  const classes = usePageStyles();
  const entityLink = useEntityRefLink();
  if (report.state === 'notAnnotated') {
    return <>{t('entity.card.notAnnotated')}</>;
  }
  return (
    <div className={classes.page}>
      <SandboxBanner sandbox={report.sandbox} />
      <div>
        <OutcomeUntil
          outcome={report.outcome}
          verdicts={report.images.flatMap(({ verdicts }) => verdicts)}
          large
        />
        <div>
          {report.state === 'neverSeen'
            ? t('entity.empty.neverSeen')
            : headlineOf(report, messages)}
        </div>
        <div className={classes.secondary}>
          {report.evaluatedAt && (
            <>
              {t('checked')} <TimeAgo at={report.evaluatedAt} />
            </>
          )}
        </div>
      </div>
      <Link to={`${entityLink(entity)}/supply-chain`}>
        {t('entity.card.open')}
      </Link>
    </div>
  );
}
