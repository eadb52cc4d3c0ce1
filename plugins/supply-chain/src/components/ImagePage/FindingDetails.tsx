import { ReactNode } from 'react';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useSourceName } from '../../hooks/useSourceName';
import { useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { FactTable } from '../../ui/FactTable';
import { HostileText } from '../../ui/HostileText';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { usePageStyles } from '../../ui/pageStyles';
import { DateTime } from '../../ui/TimeAgo';
import { FixText } from '../shared/vulnerabilities/FixText';

/**
 * What is known of one finding beyond its row: who rates it how, since when it is there and until when it may stay, and
 * what brought it.
 */
export function FindingDetails(props: { row: schema.VulnerabilityRow }) {
  const { row } = props;
  const { t } = useMessages();
  const { cvss = [], firstSeenAt, firstFixableAt, publishedAt, layer } = row;
  const facts: [string, ReactNode | undefined][] = [
    [
      t('image.vulnerabilities.details.severity'),
      row.sources.length > 0 && <SeverityReason row={row} />,
    ],
    [
      t('image.vulnerabilities.details.ratings'),
      cvss.length > 0 && <Ratings ratings={cvss} />,
    ],
    [t('image.vulnerabilities.details.fix'), <FixText row={row} />],
    [
      t('image.vulnerabilities.details.since'),
      firstSeenAt && <DateTime at={firstSeenAt} />,
    ],
    [
      t('image.vulnerabilities.details.fixKnownSince'),
      firstFixableAt && <DateTime at={firstFixableAt} />,
    ],
    [t('image.vulnerabilities.details.until'), deadlineOf(row, t)],
    [
      t('image.vulnerabilities.details.published'),
      publishedAt && <DateTime at={publishedAt} />,
    ],
    [
      t('image.vulnerabilities.details.layer'),
      layer && <DigestText digest={layer} long />,
    ],
  ];
  return (
    <FactTable
      facts={facts.filter(([, value]) => value) as [string, ReactNode][]}
    />
  );
}

function deadlineOf(
  { overdue, dueAt }: schema.VulnerabilityRow,
  t: ReturnType<typeof useMessages>['t'],
): ReactNode | undefined {
  if (overdue) {
    return (
      <OutcomeLabel outcome="fail">
        {t('vulnerabilities.places.overdue')}
      </OutcomeLabel>
    );
  }
  return dueAt && <DateTime at={dueAt} />;
}

/** The severity that counts and whose it is, then what the others say. */
function SeverityReason(props: { row: schema.VulnerabilityRow }) {
  const { sources, severityReason } = props.row;
  const { t } = useMessages();
  const nameOf = useSourceName();
  const isReason = ({
    scanner,
    severity,
    severitySource,
  }: schema.FindingSource) =>
    severity === props.row.severity &&
    scanner === severityReason?.scanner &&
    severitySource === severityReason?.severitySource;
  const ordered = [
    ...sources.filter(isReason),
    ...sources.filter(source => !isReason(source)),
  ];
  const texts = ordered.map(source =>
    source.severitySource
      ? t('image.vulnerabilities.details.ratedAfter', {
          severity: t(`severity.${source.severity}`),
          scanner: nameOf(source),
          source: source.severitySource,
        })
      : t('image.vulnerabilities.details.ratedBy', {
          severity: t(`severity.${source.severity}`),
          scanner: nameOf(source),
        }),
  );
  return <HostileText text={[...new Set(texts)].join('; ')} />;
}

function Ratings(props: { ratings: schema.CvssRating[] }) {
  const { t, number } = useMessages();
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {props.ratings.map(({ source, version, vector, score }) => (
        <li key={`${source}|${vector}`}>
          <HostileText
            text={t('image.vulnerabilities.details.rating', {
              version,
              score: number(score),
              source,
            })}
          />
          <div className={classes.secondary}>
            <HostileText code text={vector} />
          </div>
        </li>
      ))}
    </ul>
  );
}
