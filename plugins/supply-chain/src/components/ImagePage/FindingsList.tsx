import { schema } from 'backstage-plugin-supply-chain-common';
import {
  ImageAddress,
  useImageVulnerabilities,
} from '../../hooks/useImageReport';
import { Messages, useMessages } from '../../translations/useMessages';
import { usePageState } from '../../hooks/useUrlState';
import { HostileText } from '../../ui/HostileText';
import { Pager } from '../shared/Pager';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { SafeLink } from '../../ui/SafeLink';
import { SeverityChip } from '../../ui/SeverityChips';
import { DateTime } from '../../ui/TimeAgo';
import { ExploitFacts, ExploitNotes } from './Exploits';
import type { FindingFilter } from './VulnerabilitiesTab';

/**
 * Findings one by one, paged by the backend.
 */
export function FindingsList(props: {
  image: ImageAddress;
  filter: FindingFilter;
}) {
  const { image, filter } = props;
  const messages = useMessages();
  const { t } = messages;
  const { page, pageSize } = usePageState();
  const state = useImageVulnerabilities({
    ...image,
    ...filter,
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <RemoteContent state={state}>
      {({ items, total, exploitData }) => (
        <>
          <ExploitNotes state={exploitData} />
          <ResponsiveTable
            caption={t('image.vulnerabilities.caption')}
            columns={columnsOf(messages, exploitData)}
            rows={items}
            keyOf={row =>
              [row.id, row.packageName, row.installedVersion, row.path].join(
                '|',
              )
            }
          />
          <Pager total={total} />
        </>
      )}
    </RemoteContent>
  );
}

function columnsOf(
  { t }: Messages,
  exploitData: schema.ExploitDataState | undefined,
): Column<schema.VulnerabilityRow>[] {
  return [
    {
      id: 'severity',
      label: t('image.vulnerabilities.column.severity'),
      render: row => (
        <>
          <SeverityChip severity={row.severity} />
          {row.score !== undefined && (
            <div>{t('image.vulnerabilities.score', { score: row.score })}</div>
          )}
          <OtherOpinions row={row} />
        </>
      ),
    },
    {
      id: 'id',
      label: t('image.vulnerabilities.column.id'),
      render: row => <VulnerabilityName row={row} />,
    },
    {
      id: 'exploits',
      label: t('image.vulnerabilities.column.exploits'),
      render: row => <ExploitFacts row={row} state={exploitData} />,
    },
    {
      id: 'package',
      label: t('image.vulnerabilities.column.package'),
      render: row => <PackageName row={row} />,
    },
    {
      id: 'installed',
      label: t('image.vulnerabilities.column.installed'),
      render: row => <HostileText code text={row.installedVersion} />,
    },
    {
      id: 'fixed',
      label: t('image.vulnerabilities.column.fixed'),
      render: row =>
        row.fixedVersion ? (
          <HostileText code text={row.fixedVersion} />
        ) : (
          t('image.vulnerabilities.noFix')
        ),
    },
    {
      id: 'since',
      label: t('image.vulnerabilities.column.since'),
      render: row =>
        row.firstSeenAt ? <DateTime at={row.firstSeenAt} /> : t('dash'),
    },
  ];
}

/** A scanner, and how its scan came here when the portal did not fetch it itself. */
function useSourceName(): (source: schema.FindingSource) => string {
  const { t } = useMessages();
  return ({ scanner, trust }) =>
    trust ? t(`image.vulnerabilities.trust.${trust}`, { scanner }) : scanner;
}

/**
 * Scanners that rate it otherwise: the worst counts, and the others are not hidden.
 */
function OtherOpinions(props: { row: schema.VulnerabilityRow }) {
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

/**
 * Id, other ids, title and finders of a vulnerability.
 */
export function VulnerabilityName(props: { row: schema.VulnerabilityRow }) {
  const { row } = props;
  const { aliases = [], sources } = row;
  const { t } = useMessages();
  const classes = usePageStyles();
  const nameOf = useSourceName();
  const scanners = [...new Set(sources.map(nameOf))];
  const isHandedIn = sources.some(({ trust }) => trust !== undefined);
  return (
    <>
      <SafeLink url={row.link} text={row.id} />
      {aliases.length > 0 && (
        <div className={classes.secondary}>
          <HostileText
            text={t('image.vulnerabilities.alsoKnownAs', {
              ids: aliases.join(', '),
            })}
          />
        </div>
      )}
      {row.title && (
        <div className={classes.secondary}>
          <HostileText text={row.title} />
        </div>
      )}
      {(scanners.length > 1 || isHandedIn) && (
        <div className={classes.secondary}>
          <HostileText
            text={t('image.vulnerabilities.foundBy', {
              scanners: scanners.join(', '),
            })}
          />
        </div>
      )}
    </>
  );
}

/**
 * Name and place of a package.
 */
export function PackageName(props: {
  row: Pick<schema.VulnerabilityRow, 'packageName' | 'path'>;
}) {
  const { packageName, path } = props.row;
  const classes = usePageStyles();
  return (
    <>
      <HostileText text={packageName} />
      {path && (
        <div className={classes.secondary}>
          <HostileText code text={path} />
        </div>
      )}
    </>
  );
}
