import { stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { useRuleTitle } from '../../hooks/useRuleTitle';
import { PendingWaivers, usePendingWaivers } from '../../hooks/useWaivers';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { shortImageName } from '../../ui/imageName';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { DateTime } from '../../ui/TimeAgo';
import { AdmissionLine } from '../shared/AdmissionLine';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import {
  PendingRequests,
  WaivedBy,
  WaivedUntil,
} from '../shared/waivers/FindingOutcome';
import { RequestWaiver } from '../shared/waivers/RequestWaiver';
import { WithCode } from '../../ui/WithCode';

/**
 * The rules that do not pass, each with the way to a waiver, what admission does, and the way to the image.
 */
export function NotPassing(props: { row: schema.ImageRow; heading: string }) {
  const { row, heading } = props;
  const { t, meaning } = useMessages();
  const page = usePageStyles();
  const links = useLinks();
  const pending = usePendingWaivers(row);
  const failed = row.verdicts
    .flatMap(verdict => verdict.findings)
    .filter(({ outcome }) => outcome !== 'pass' && outcome !== 'notApplicable');
  return (
    <div>
      <h3 className={heading}>{t('entity.details.failed')}</h3>
      <ul className={page.plainList}>
        {failed.map(finding => (
          <li key={`${finding.policy}/${finding.ruleId}`}>
            <NotPassingRule row={row} finding={finding} pending={pending} />
          </li>
        ))}
        {failed.length === 0 && (
          <li className={page.secondary}>
            {row.reason ? meaning(row.reason) : t('entity.details.allPass')}
          </li>
        )}
      </ul>
      <Admissions verdicts={row.verdicts} />
      {row.repository && row.digest && (
        <LinkButton
          size="small"
          variant="contained"
          color="primary"
          style={{ textTransform: 'none', marginTop: 8 }}
          to={links.image({ repository: row.repository, digest: row.digest })}
        >
          {t('action.openImage')}
        </LinkButton>
      )}
    </div>
  );
}

/** A message names the image whole; in its own row the name people say is enough. */
function withShortName(message: string, { imageRef }: schema.ImageRow): string {
  return message.split(imageRef).join(shortImageName(imageRef));
}

function NotPassingRule(props: {
  row: schema.ImageRow;
  finding: schema.Finding;
  pending: PendingWaivers;
}) {
  const { row, finding, pending } = props;
  const { t, meaning } = useMessages();
  const ruleTitle = useRuleTitle();
  const page = usePageStyles();
  const { entity } = useEntity();
  const { outcome, reason, effectiveOn, waiver } = finding;
  return (
    <>
      <OutcomeLabel outcome={outcome}>
        <HostileText text={ruleTitle(finding.ruleId)} />
      </OutcomeLabel>
      <div className={page.secondary}>
        {waiver && (
          <>
            <WaivedUntil waiver={waiver} />
            <WaivedBy waiver={waiver} />
          </>
        )}
        {reason && (
          <>
            <WithCode text={meaning(reason)} /> <ReasonCodeLink code={reason} />{' '}
          </>
        )}
        <HostileText text={withShortName(finding.message, row)} />
        {effectiveOn && (
          <div>
            {t('entity.details.from')} <DateTime at={effectiveOn} />
          </div>
        )}
      </div>
      <PendingRequests finding={finding} pending={pending.items} />
      <RequestWaiver
        finding={finding}
        image={row}
        entityRefs={[stringifyEntityRef(entity)]}
        onSent={pending.reload}
      />
    </>
  );
}

/** What admission does under each policy; its name where there are several. */
function Admissions(props: { verdicts: schema.Verdict[] }) {
  const { verdicts } = props;
  const page = usePageStyles();
  return (
    <>
      {verdicts.map(
        ({ policy, admission }) =>
          admission && (
            <div key={policy.name} style={{ marginTop: 8 }}>
              {verdicts.length > 1 && (
                <div className={page.secondary}>
                  <HostileText text={policy.title ?? policy.name} />
                </div>
              )}
              <AdmissionLine admission={admission} />
            </div>
          ),
      )}
    </>
  );
}
