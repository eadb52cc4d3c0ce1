import { schema } from 'backstage-plugin-supply-chain-common';
import { quoteCommand } from '../../export/quoteCommand';
import { Messages, useMessages } from '../../translations/useMessages';
import { useRuleTitle } from '../../hooks/useRuleTitle';
import { CopyButton } from '../../ui/CopyButton';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { AdmissionLine } from '../shared/AdmissionLine';
import { ClusterChecks } from '../shared/ClusterChecks';
import { OtherEnforcers } from '../shared/OtherEnforcers';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import {
  FindingOutcome,
  PendingRequests,
} from '../shared/waivers/FindingOutcome';
import { RequestWaiver } from '../shared/waivers/RequestWaiver';
import { PendingWaivers, usePendingWaivers } from '../../hooks/useWaivers';
import { DateTime, TimeAgo } from '../../ui/TimeAgo';
import { WithCode } from '../../ui/WithCode';
import { NotCoveredBy } from './NotCoveredBy';

/**
 * What every policy says of the image, rule by rule, with the facts it rests on.
 */
export function PolicyTab(props: { report: schema.ImageReport }) {
  const { report } = props;
  const { t, meaning } = useMessages();
  const classes = usePageStyles();
  const pending = usePendingWaivers(report);
  const image = { repository: report.repository, digest: report.digest };
  if (report.verdicts.length === 0) {
    return (
      <div className={classes.page}>
        <Panel title={t('image.tabs.policy')}>
          {report.reason ? meaning(report.reason) : t('image.policy.notYet')}
        </Panel>
        <ClusterChecks checks={report.clusterChecks} of={{ image }} />
        <OtherEnforcers enforcers={report.otherEnforcers} />
        <NotCoveredBy coverage={report.coverage} />
      </div>
    );
  }
  return (
    <div className={classes.page}>
      {report.verdicts.map(verdict => (
        <PolicyVerdict
          key={`${verdict.policy.name}/${verdict.factsDigest}`}
          verdict={verdict}
          waivers={{ report, pending }}
        />
      ))}
      <ClusterChecks checks={report.clusterChecks} of={{ image }} />
      <OtherEnforcers enforcers={report.otherEnforcers} />
      <NotCoveredBy coverage={report.coverage} />
    </div>
  );
}

/** What the way to a waiver needs beside the finding. */
type Waivers = { report: schema.ImageReport; pending: PendingWaivers };

function PolicyVerdict(props: { verdict: schema.Verdict; waivers: Waivers }) {
  const { verdict, waivers } = props;
  const messages = useMessages();
  const { t, meaning } = messages;
  const classes = usePageStyles();
  const ruleTitle = useRuleTitle();
  const { policy } = verdict;
  return (
    <Panel
      title={<HostileText text={policy.title ?? policy.name} />}
      actions={<OutcomeLabel outcome={verdict.outcome} />}
    >
      <div className={classes.secondary}>
        {t('image.policy.digest')} <HostileText code text={policy.digest} />
        {' · '}
        {t('image.policy.evaluated')} <TimeAgo at={verdict.evaluatedAt} />
        {verdict.nextChangeAt && (
          <>
            {' · '}
            {t('image.policy.nextChange')}{' '}
            <DateTime at={verdict.nextChangeAt} />
          </>
        )}
      </div>
      {verdict.reason && (
        <p>
          <WithCode text={meaning(verdict.reason)} />
        </p>
      )}
      {verdict.admission && <AdmissionLine admission={verdict.admission} />}
      {verdict.findings.length > 0 && (
        <ResponsiveTable
          caption={t('image.policy.caption', { name: policy.name })}
          columns={columnsOf(messages, ruleTitle, waivers)}
          rows={verdict.findings}
          keyOf={finding => finding.ruleId}
        />
      )}
    </Panel>
  );
}

function columnsOf(
  { t }: Messages,
  ruleTitle: (ruleId: string) => string,
  { report, pending }: Waivers,
): Column<schema.Finding>[] {
  return [
    {
      id: 'rule',
      label: t('image.policy.column.rule'),
      render: finding => (
        <>
          <HostileText text={ruleTitle(finding.ruleId)} />
          <div>
            <HostileText code text={finding.ruleId} />
          </div>
          {t('image.policy.severity', {
            severity: t(`severity.${finding.severity}`),
          })}
        </>
      ),
    },
    {
      id: 'outcome',
      label: t('image.policy.column.outcome'),
      render: finding => (
        <>
          <FindingOutcome finding={finding} />
          <PendingRequests finding={finding} pending={pending.items} />
        </>
      ),
    },
    {
      id: 'message',
      label: t('image.policy.column.message'),
      render: finding => <FindingMessage finding={finding} />,
    },
    {
      id: 'facts',
      label: t('image.policy.column.facts'),
      render: finding => <Facts facts={finding.facts} />,
    },
    {
      id: 'remediation',
      label: t('image.policy.column.remediation'),
      render: finding => (
        <>
          <WhatToDo finding={finding} />
          <RequestWaiver
            finding={finding}
            image={report}
            entityRefs={report.entityRefs}
            onSent={pending.reload}
          />
        </>
      ),
    },
    {
      id: 'since',
      label: t('image.policy.column.since'),
      render: finding =>
        finding.effectiveOn ? <DateTime at={finding.effectiveOn} /> : t('dash'),
    },
  ];
}

function FindingMessage(props: { finding: schema.Finding }) {
  const { finding } = props;
  const { meaning } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {finding.reason && (
        <div>
          <WithCode text={meaning(finding.reason)} />{' '}
          <ReasonCodeLink code={finding.reason} />
        </div>
      )}
      <div className={classes.secondary}>
        <HostileText text={finding.message} />
      </div>
    </>
  );
}

function factText(value: unknown, { t, number }: Messages): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return number(value);
    case 'boolean':
      return t(value ? 'image.policy.yes' : 'image.policy.no');
    default:
      return value === null || value === undefined
        ? t('image.policy.null')
        : JSON.stringify(value);
  }
}

function Facts(props: { facts: schema.Finding['facts'] }) {
  const messages = useMessages();
  const classes = usePageStyles();
  const facts = Object.entries(props.facts);
  if (facts.length === 0) {
    return <>{messages.t('image.policy.noFacts')}</>;
  }
  return (
    <ul className={classes.plainList}>
      {facts.map(([name, value]) => (
        <li key={name}>
          <HostileText text={`${name}: ${factText(value, messages)}`} />
        </li>
      ))}
    </ul>
  );
}

function WhatToDo(props: { finding: schema.Finding }) {
  const { reason, remediation } = props.finding;
  const { t, advice } = useMessages();
  if (!reason || props.finding.outcome === 'pass') {
    return <>{t('dash')}</>;
  }
  const command = remediation?.command && quoteCommand(remediation.command);
  return (
    <>
      <WithCode text={advice(reason)} />
      {remediation && <div>{t(`who.${remediation.who}`)}</div>}
      {command && (
        <CopyButton text={command} label={t('entity.next.copyCommand')} />
      )}
    </>
  );
}
