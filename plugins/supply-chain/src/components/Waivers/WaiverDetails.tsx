import { ReactNode } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { EntityLink } from '../../ui/EntityChip';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { SafeLink } from '../../ui/SafeLink';
import { DateTime } from '../../ui/TimeAgo';
import { CoveredReasons } from '../shared/waivers/CoveredReasons';
import { WaiverTrail } from './WaiverTrail';

/**
 * Everything about one waiver, and what people did to it.
 */
export function WaiverDetails(props: { waiver: schema.WaiverReport }) {
  const { waiver } = props;
  const messages = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.page}>
      <FactTable facts={factsOf(waiver, messages)} />
      <WaiverTrail waiver={waiver} />
    </div>
  );
}

function factsOf(
  waiver: schema.WaiverReport,
  { t }: Messages,
): [string, ReactNode][] {
  const { ticket, about, requestedAt, approvedAt } = waiver;
  const facts: [string, ReactNode | undefined][] = [
    [t('waivers.details.reason'), <Words text={waiver.reason} />],
    [
      t('waivers.details.ticket'),
      ticket && <SafeLink url={ticket} text={ticket} />,
    ],
    [t('waivers.details.covers'), <Covered waiver={waiver} />],
    [t('waivers.details.askedFor'), about && <About about={about} />],
    [
      t('waivers.details.requested'),
      requestedAt && <DateTime at={requestedAt} />,
    ],
    [t('waivers.details.approved'), approvedAt && <DateTime at={approvedAt} />],
    [t('waivers.details.ends'), <DateTime at={waiver.expires} />],
    [t('waivers.details.id'), <HostileText code text={waiver.name} />],
  ];
  return facts.filter(([, value]) => Boolean(value));
}

function Words(props: { text: string }) {
  const classes = usePageStyles();
  return (
    <div className={classes.wrapped}>
      <HostileText text={props.text} />
    </div>
  );
}

function Covered(props: { waiver: schema.WaiverReport }) {
  const { reasons, includeUnknown } = props.waiver;
  const { t } = useMessages();
  return (
    <>
      <CoveredReasons reasons={reasons} />
      {includeUnknown && t('waivers.details.includeUnknown')}
    </>
  );
}

function About(props: { about: schema.WaiverSubject }) {
  const { entityRef, repository, digest } = props.about;
  return (
    <>
      {entityRef && (
        <div>
          <EntityLink entityRef={entityRef} defaultKind="component" />
        </div>
      )}
      <HostileText text={digest ? `${repository}@${digest}` : repository} />
    </>
  );
}
