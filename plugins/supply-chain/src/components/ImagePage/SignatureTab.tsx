import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { outcomeOfSignature } from '../../ui/signature';
import { LastLookNote } from '../../ui/LastLookNote';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { WithCode } from '../../ui/WithCode';
import { ContentTrust } from './ContentTrust';
import { OtherStatements } from './OtherStatements';
import { Reproduce } from './Reproduce';
import { signatureEvidence } from './signatureEvidence';
import { SignatureTrail } from './SignatureTrail';
import { WhoSigned } from './WhoSigned';

/**
 * Who signed, how it was found out, and how to find it out oneself.
 */
export function SignatureTab(props: { report: schema.ImageReport }) {
  const { report } = props;
  const classes = usePageStyles();
  const evidence = signatureEvidence(report);
  return (
    <div className={classes.page}>
      <SignatureHeadline signature={report.signature} />
      <div className={classes.twoColumns}>
        <div className={classes.page}>
          <WhoSigned report={report} evidence={evidence} />
          {report.reproduce && <Reproduce command={report.reproduce} />}
          <ContentTrust evidence={evidence} />
        </div>
        <div className={classes.page}>
          <SignatureTrail evidence={evidence} digest={report.digest} />
          <OtherStatements evidence={evidence} />
        </div>
      </div>
    </div>
  );
}

function SignatureHeadline(props: { signature?: schema.SignatureSummary }) {
  const { signature } = props;
  const { t, meaning, advice } = useMessages();
  const classes = usePageStyles();
  if (!signature) {
    return (
      <div className={classes.row}>
        <OutcomeLabel outcome="unknown" large>
          {t('image.signature.title.unavailable')}
        </OutcomeLabel>
        <span>{t('image.signature.none')}</span>
      </div>
    );
  }
  const { status, reason, lastLook } = signature;
  return (
    <div>
      <div className={classes.row}>
        <OutcomeLabel outcome={outcomeOfSignature(status)} large>
          {t(`image.signature.title.${status}`)}
        </OutcomeLabel>
        <span>
          {status === 'verified' && t('image.signature.verified')}
          {reason && (
            <>
              <WithCode text={`${meaning(reason)} ${advice(reason)}`} />{' '}
              <ReasonCodeLink code={reason} />
            </>
          )}
        </span>
      </div>
      {lastLook && (
        <div className={classes.secondary}>
          {t('image.signature.lastLook')}
          <LastLookNote lastLook={lastLook} />
        </div>
      )}
    </div>
  );
}
