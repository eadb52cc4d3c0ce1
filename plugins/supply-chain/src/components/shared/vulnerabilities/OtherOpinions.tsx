import { schema } from 'backstage-plugin-supply-chain-common';
import { useSourceName } from '../../../hooks/useSourceName';
import { useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';
import { usePageStyles } from '../../../ui/pageStyles';

/**
 * Scanners that rate it otherwise: the worst counts, and the others are not hidden.
 */
export function OtherOpinions(props: {
  row: Pick<schema.VulnerabilityRow, 'severity' | 'sources'>;
}) {
  const { severity, sources } = props.row;
  const { t } = useMessages();
  const nameOf = useSourceName();
  const classes = usePageStyles();
  return (
    <>
      {sources
        .filter(source => source.severity !== severity)
        .map(source => (
          <div
            key={`${source.scanner}|${source.id}|${source.trust}|${source.scannedAt}`}
            className={classes.secondary}
          >
            <HostileText
              text={t('image.vulnerabilities.says', {
                scanner: nameOf(source),
                severity: t(`severity.${source.severity}`),
              })}
            />
          </div>
        ))}
    </>
  );
}
