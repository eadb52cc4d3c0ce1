import {
  predicateTypeName,
  schema,
} from 'backstage-plugin-supply-chain-common';
import { usePlaceName } from '../../hooks/usePlaceName';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { outcomeOfSignature } from '../../ui/signature';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { WithCode } from '../../ui/WithCode';
import { CheckedProvenance } from './provenanceEvidence';
import { SummaryFacts } from './SummaryFacts';

/**
 * Every other attestation of the image by what people call its type, and who vouches for it.
 */
export function OtherAttestations(props: { others: CheckedProvenance[] }) {
  const { others } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return others.length === 0 ? null : (
    <Panel title={t('provenance.others')}>
      <ul className={classes.plainList}>
        {others.map((other, index) => (
          <li
            key={`${other.statement.carrier}/${index}`}
            style={{ padding: '5px 0' }}
          >
            <Attestation other={other} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** A bare statement is a claim, whoever pushed it. */
function signOf({ statement, check }: CheckedProvenance): schema.Outcome {
  if (!statement.signed) {
    return 'warn';
  }
  return check ? outcomeOfSignature(check.status) : 'unknown';
}

function resultText(
  { statement, check }: CheckedProvenance,
  { t }: Messages,
): string {
  return statement.signed
    ? t(`signatureStatus.${check?.status ?? 'unavailable'}`)
    : t('provenance.unsigned');
}

function Attestation(props: { other: CheckedProvenance }) {
  const { other } = props;
  const { statement, check } = other;
  const messages = useMessages();
  const { t, meaning } = messages;
  const placeName = usePlaceName();
  const classes = usePageStyles();
  const { predicateType, content, foundIn } = statement;
  return (
    <>
      <OutcomeLabel outcome={signOf(other)}>
        <HostileText
          text={t('provenance.otherLine', {
            name: predicateTypeName(predicateType) ?? predicateType,
            place: placeName(foundIn),
            result: resultText(other, messages),
          })}
        />
      </OutcomeLabel>
      <div className={classes.secondary}>
        {check?.reason && (
          <div>
            <WithCode text={meaning(check.reason)} />{' '}
            <ReasonCodeLink code={check.reason} />
          </div>
        )}
        <HostileText code text={predicateType} />
        {content.type === 'unreadable' && (
          <div>
            {t('provenance.unreadable')} <HostileText text={content.message} />
          </div>
        )}
      </div>
      {content.type === 'verificationSummary' && (
        <SummaryFacts
          summary={content.summary}
          isTrusted={check?.status === 'verified'}
        />
      )}
    </>
  );
}
