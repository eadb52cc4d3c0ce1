import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';
import { OutcomeLabel } from '../../../ui/OutcomeLabel';
import { usePageStyles } from '../../../ui/pageStyles';
import { DateTime } from '../../../ui/TimeAgo';
import { ReasonCodeLink } from '../ReasonCodeLink';

/** What VEX says of a vulnerability, in one image or in one place. */
type Row = Pick<schema.VulnerabilityRow, 'notAffected' | 'vex'>;

/**
 * Every VEX statement about a vulnerability, whether it counts or not: what is set aside is never hidden.
 */
export function VexOpinions(props: { row: Row }) {
  const { notAffected, vex = [] } = props.row;
  const { t } = useMessages();
  const classes = usePageStyles();
  if (vex.length === 0) {
    return null;
  }
  return (
    <>
      {notAffected && (
        <div>
          <OutcomeLabel outcome="notApplicable">
            {t('image.vulnerabilities.vex.setAside')}
          </OutcomeLabel>
        </div>
      )}
      <ul className={classes.plainList}>
        {vex.map((opinion, index) => (
          <li key={`${opinion.document}|${opinion.statedAt}|${index}`}>
            <Opinion opinion={opinion} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Opinion(props: { opinion: schema.VexOpinion }) {
  const { opinion } = props;
  const { status, justification, impact, action, notes } = opinion;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <div className={classes.secondary}>
      <div>
        {t('image.vulnerabilities.vex.says', {
          status: t(`image.vulnerabilities.vex.status.${status}`),
        })}
        {justification && (
          <>: {t(`image.vulnerabilities.vex.because.${justification}`)}</>
        )}
      </div>
      {[impact, action, notes].map(
        (text, index) =>
          text && (
            <div key={index}>
              <HostileText text={text} />
            </div>
          ),
      )}
      <Origin opinion={opinion} />
      <NotCounted opinion={opinion} />
    </div>
  );
}

/** Who stands behind it, and who wrote it as it says itself, which nobody vouches for. */
function Origin(props: { opinion: schema.VexOpinion }) {
  const { trust, by, author, statedAt } = props.opinion;
  const { t } = useMessages();
  return (
    <div>
      {trust && (
        <>
          <HostileText
            text={t(`image.vulnerabilities.vex.trust.${trust}`, {
              by: by ?? t('dash'),
            })}
          />
          {' · '}
        </>
      )}
      <DateTime at={statedAt} />
      {author && (
        <>
          {' · '}
          <HostileText
            text={t('image.vulnerabilities.vex.author', { author })}
          />
        </>
      )}
    </div>
  );
}

function NotCounted(props: { opinion: schema.VexOpinion }) {
  const { reason } = props.opinion;
  const { t, label, meaning } = useMessages();
  return reason ? (
    <div title={meaning(reason)}>
      {t('image.vulnerabilities.vex.notCounted', { reason: label(reason) })}{' '}
      <ReasonCodeLink code={reason} />
    </div>
  ) : null;
}
