import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { compareSource, outcomeOfProvenance } from '../../ui/provenance';
import { SafeLink } from '../../ui/SafeLink';
import { WithCode } from '../../ui/WithCode';

/**
 * In the opened row: from which repository the image was built, and how sure that is.
 */
export function BuiltFrom(props: { row: schema.ImageRow; heading: string }) {
  const { row, heading } = props;
  const { provenance, verdicts } = row;
  const { t, meaning } = useMessages();
  const classes = usePageStyles();
  if (!provenance) {
    return null;
  }
  const { status, reason, source } = provenance;
  return (
    <div>
      <h3 className={heading}>{t('provenance.details.title')}</h3>
      <OutcomeLabel outcome={outcomeOfProvenance(provenance, verdicts)}>
        {t(`provenance.title.${status}`)}
      </OutcomeLabel>
      <div className={classes.secondary}>
        {source && (
          <>
            <div>
              {t('provenance.details.builtFrom')}{' '}
              <SafeLink url={source} text={source} />
            </div>
            {t(
              `provenance.compared.${
                compareSource(provenance, verdicts).result
              }`,
            )}
          </>
        )}
        <BuildLine provenance={provenance} />
        {reason && (
          <div>
            <WithCode text={meaning(reason)} />
          </div>
        )}
      </div>
    </div>
  );
}

/** Ref and workflow, those that are known. */
function BuildLine(props: { provenance: schema.ProvenanceSummary }) {
  const { ref, workflow, trustRoot } = props.provenance;
  const { t } = useMessages();
  const parts = [workflow, ref].filter(part => part !== undefined);
  return (
    <>
      {parts.length > 0 && (
        <div>
          <HostileText text={parts.join(' · ')} />
        </div>
      )}
      {trustRoot && (
        <div>{t('entity.details.trustRoot', { name: trustRoot })}</div>
      )}
    </>
  );
}
