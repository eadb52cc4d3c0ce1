import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { compareSource, outcomeOfProvenance } from '../../ui/provenance';
import { LastLookNote } from '../../ui/LastLookNote';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { WithCode } from '../../ui/WithCode';
import { BuildChange } from './BuildChange';
import { BuildSources } from './BuildSources';
import { ExpectedAgainstFound } from './ExpectedAgainstFound';
import { OtherAttestations } from './OtherAttestations';
import { provenanceEvidence } from './provenanceEvidence';
import { ProvenanceTrail } from './ProvenanceTrail';

/**
 * How the image was made: expected against found, and who says so.
 */
export function ProvenanceTab(props: { report: schema.ImageReport }) {
  const { report } = props;
  const { provenance } = report;
  const classes = usePageStyles();
  const evidence = provenanceEvidence(report);
  return (
    <div className={classes.page}>
      <ProvenanceHeadline report={report} />
      <div className={classes.twoColumns}>
        <div className={classes.page}>
          {provenance && (
            <ExpectedAgainstFound
              provenance={provenance}
              verdicts={report.verdicts}
            />
          )}
          <BuildSources counted={evidence.counted} />
        </div>
        <div className={classes.page}>
          <BuildChange report={report} evidence={evidence} />
          <ProvenanceTrail evidence={evidence} digest={report.digest} />
          <OtherAttestations others={evidence.others} />
        </div>
      </div>
    </div>
  );
}

function ProvenanceHeadline(props: { report: schema.ImageReport }) {
  const { provenance, verdicts } = props.report;
  const { t, meaning, advice } = useMessages();
  const classes = usePageStyles();
  if (!provenance) {
    return (
      <div className={classes.row}>
        <OutcomeLabel outcome="unknown" large>
          {t('provenance.title.unavailable')}
        </OutcomeLabel>
        <span>{t('provenance.notLooked')}</span>
      </div>
    );
  }
  const { status, reason, lastLook } = provenance;
  const { result } = compareSource(provenance, verdicts);
  return (
    <div className={classes.page}>
      <div className={classes.row}>
        <OutcomeLabel outcome={outcomeOfProvenance(provenance, verdicts)} large>
          {result === 'different' && status === 'verified'
            ? t('provenance.otherRepository')
            : t(`provenance.title.${status}`)}
        </OutcomeLabel>
        <span>
          {status === 'verified' && t(`provenance.compared.${result}`)}
          {status === 'claimed' && t('provenance.claimedHint')}{' '}
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
      {status === 'absent' && <WhatToDo />}
    </div>
  );
}

/** Nothing was found: how to get provenance, in one place. */
function WhatToDo() {
  const { t } = useMessages();
  return (
    <Panel title={t('provenance.howTo')} headingLevel="h3">
      <ul style={{ margin: 0, paddingLeft: 20, overflowWrap: 'anywhere' }}>
        <li>{t('provenance.howToGithub')}</li>
        <li>{t('provenance.howToGitlab')}</li>
        <li>{t('provenance.howToOthers')}</li>
      </ul>
    </Panel>
  );
}
