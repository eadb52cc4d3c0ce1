import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../../hooks/useLinks';
import { useMessages } from '../../../translations/useMessages';
import { EntityLink } from '../../../ui/EntityChip';
import { HostileText } from '../../../ui/HostileText';
import { OutcomeLabel } from '../../../ui/OutcomeLabel';
import { usePageStyles } from '../../../ui/pageStyles';
import { SafeLink } from '../../../ui/SafeLink';
import { DateTime } from '../../../ui/TimeAgo';

/**
 * What a rule says; of what is waived, until when, by whom and why.
 */
export function FindingOutcome(props: { finding: schema.Finding }) {
  const { outcome, waiver } = props.finding;
  return outcome === 'waived' && waiver ? (
    <>
      <OutcomeLabel outcome="waived">
        <WaivedUntil waiver={waiver} />
      </OutcomeLabel>
      <WaivedBy waiver={waiver} />
    </>
  ) : (
    <OutcomeLabel outcome={outcome} />
  );
}

/**
 * Until when something is waived.
 */
export function WaivedUntil(props: { waiver: schema.FindingWaiver }) {
  const { t } = useMessages();
  return (
    <span style={{ whiteSpace: 'normal' }}>
      {t('waivers.finding.until')} <DateTime at={props.waiver.expires} />
    </span>
  );
}

/**
 * Who approved a waiver, and why it was asked for. What a document says of its approval is a claim (L22).
 */
export function WaivedBy(props: { waiver: schema.FindingWaiver }) {
  const { source, approvedBy, reason, ticket } = props.waiver;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.secondary}>
      <div>
        {t(source === 'git' ? 'waivers.approvedByMerge' : 'waivers.approvedBy')}{' '}
        <EntityLink entityRef={approvedBy} defaultKind="user" />
      </div>
      <HostileText text={reason} />
      {ticket && (
        <div>
          <SafeLink url={ticket} text={ticket} />
        </div>
      )}
    </div>
  );
}

/**
 * Requests for a waiver of a finding that wait for a decision, visible to everybody who sees the finding.
 */
export function PendingRequests(props: {
  finding: schema.Finding;
  pending: readonly schema.WaiverReport[];
}) {
  const { finding, pending } = props;
  const { t } = useMessages();
  const links = useLinks();
  const classes = usePageStyles();
  const own = pending.filter(
    ({ rule, policy }) =>
      rule === finding.ruleId &&
      (policy === undefined || policy === finding.policy),
  );
  return (
    <>
      {own.map(({ id, requestedBy }) => (
        <div key={id} className={classes.secondary}>
          {t('waivers.finding.pending')}{' '}
          <EntityLink entityRef={requestedBy} defaultKind="user" />
          {' · '}
          <Link to={links.waivers({ state: 'pending', waiver: id })}>
            {t('waivers.finding.see')}
          </Link>
        </div>
      ))}
    </>
  );
}
