import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { compareSource, outcomeOfProvenance } from '../../ui/provenance';
import { LastLookNote } from '../../ui/LastLookNote';
import { askedRules } from './tileText';

/** Rules that need to know how an image was made. */
const PROVENANCE_RULES = ['provenance-verified', 'built-from-own-repository'];

const SHORT_COMMIT = 7;

function isAsked(row: schema.ImageRow): boolean {
  const rules = askedRules([row]);
  return PROVENANCE_RULES.some(rule => rules.has(rule));
}

/**
 * How an image was made, or why it cannot be told; a dash where nothing was found or nobody asks.
 */
export function ProvenanceCell(props: { row: schema.ImageRow }) {
  const { row } = props;
  const { t, label, meaning } = useMessages();
  const classes = usePageStyles();
  const { provenance, thirdParty } = row;
  if (provenance && (!thirdParty || provenance.status !== 'absent')) {
    return <KnownProvenance row={row} provenance={provenance} />;
  }
  if (thirdParty || !isAsked(row)) {
    return (
      <>
        {t('dash')}
        <div className={classes.secondary}>
          {t(
            thirdParty
              ? 'entity.images.thirdParty'
              : 'provenance.details.notAsked',
          )}
        </div>
      </>
    );
  }
  return (
    <>
      <OutcomeLabel outcome="unknown" />
      <div className={classes.secondary} title={meaning('notCollectedYet')}>
        {label('notCollectedYet')}
      </div>
    </>
  );
}

function wordOf(
  provenance: schema.ProvenanceSummary,
  verdicts: schema.Verdict[],
  { t }: Messages,
): string {
  const { status, level } = provenance;
  if (status !== 'verified') {
    return t(`provenance.status.${status}`);
  }
  return outcomeOfProvenance(provenance, verdicts) === 'fail'
    ? t('provenance.otherRepository')
    : t('provenance.slsaLevel', { level });
}

function KnownProvenance(props: {
  row: schema.ImageRow;
  provenance: schema.ProvenanceSummary;
}) {
  const { row, provenance } = props;
  const { verdicts } = row;
  const messages = useMessages();
  const classes = usePageStyles();
  const { status, lastLook } = provenance;
  return (
    <>
      {status === 'absent' ? (
        messages.t('dash')
      ) : (
        <OutcomeLabel outcome={outcomeOfProvenance(provenance, verdicts)}>
          {wordOf(provenance, verdicts, messages)}
        </OutcomeLabel>
      )}
      <div className={classes.secondary}>
        <Below provenance={provenance} verdicts={verdicts} />
        {lastLook && <LastLookNote lastLook={lastLook} />}
      </div>
    </>
  );
}

/** Commit and repository where somebody says them, else why not. */
function Below(props: {
  provenance: schema.ProvenanceSummary;
  verdicts: schema.Verdict[];
}) {
  const { provenance, verdicts } = props;
  const { t, label, meaning } = useMessages();
  const { status, reason, commit } = provenance;
  if (status === 'absent') {
    return <>{t('provenance.status.absent')}</>;
  }
  const { result } = compareSource(provenance, verdicts);
  return (
    <>
      {(status === 'verified' || status === 'claimed') && (
        <div>
          {commit && (
            <HostileText
              text={`${t('provenance.shortCommit', {
                commit: commit.slice(0, SHORT_COMMIT),
              })} · `}
            />
          )}
          {t(`provenance.source.${result}`)}
        </div>
      )}
      {reason && status !== 'claimed' && (
        <div title={meaning(reason)}>{label(reason)}</div>
      )}
    </>
  );
}
