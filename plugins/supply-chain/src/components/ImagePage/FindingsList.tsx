import { Link } from '@backstage/core-components';
import { schema } from 'backstage-plugin-supply-chain-common';
import {
  ImageAddress,
  useImageVulnerabilities,
} from '../../hooks/useImageReport';
import { FindingFilter } from '../../hooks/useFindingFilter';
import { useLinks } from '../../hooks/useLinks';
import { useSourceName } from '../../hooks/useSourceName';
import { Messages, useMessages } from '../../translations/useMessages';
import { usePageState, useUrlState } from '../../hooks/useUrlState';
import { HostileText } from '../../ui/HostileText';
import { Pager } from '../shared/Pager';
import { AliasesAndTitle } from '../shared/vulnerabilities/AliasesAndTitle';
import { ExploitFacts, ExploitNotes } from '../shared/vulnerabilities/Exploits';
import { FixText } from '../shared/vulnerabilities/FixText';
import { OtherOpinions } from '../shared/vulnerabilities/OtherOpinions';
import { VexOpinions } from '../shared/vulnerabilities/VexOpinions';
import { ExpandButton } from '../../ui/ExpandButton';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { SafeLink } from '../../ui/SafeLink';
import { SeverityChip } from '../../ui/SeverityChips';
import { DateTime } from '../../ui/TimeAgo';
import { FindingDetails } from './FindingDetails';

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
  const opened = useOpenedFinding();
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
            columns={columnsOf(messages, exploitData, opened)}
            rows={items}
            keyOf={keyOf}
            expansion={{
              openKey: opened.key,
              nameOf: row => row.id,
              details: row => <FindingDetails row={row} />,
            }}
          />
          <Pager total={total} />
        </>
      )}
    </RemoteContent>
  );
}

function keyOf(row: schema.VulnerabilityRow): string {
  return [row.id, row.packageName, row.installedVersion, row.path].join('|');
}

type OpenedFinding = { key: string | undefined; toggle: (key: string) => void };

/** Which finding is opened stands in the address. */
function useOpenedFinding(): OpenedFinding {
  const { get, set } = useUrlState();
  const key = get('finding');
  return {
    key,
    toggle: each =>
      set({ finding: each === key ? undefined : each }, { push: true }),
  };
}

/** The score that is known, and by which version of CVSS. */
function Score(props: {
  row: Pick<schema.VulnerabilityRow, 'score' | 'scoreVersion'>;
}) {
  const { score, scoreVersion } = props.row;
  const { t, number } = useMessages();
  if (score === undefined) {
    return null;
  }
  return (
    <div>
      {scoreVersion
        ? t('image.vulnerabilities.scoreOf', {
            version: scoreVersion,
            score: number(score),
          })
        : t('image.vulnerabilities.score', { score: number(score) })}
    </div>
  );
}

function columnsOf(
  { t }: Messages,
  exploitData: schema.ExploitDataState | undefined,
  opened: OpenedFinding,
): Column<schema.VulnerabilityRow>[] {
  return [
    {
      id: 'severity',
      label: t('image.vulnerabilities.column.severity'),
      render: row => (
        <>
          <SeverityChip severity={row.severity} />
          <Score row={row} />
          <OtherOpinions row={row} />
        </>
      ),
    },
    {
      id: 'id',
      label: t('image.vulnerabilities.column.id'),
      render: row => (
        <>
          <VulnerabilityName row={row} />
          <WhereElse id={row.id} />
          <ExpandButton
            rowKey={keyOf(row)}
            name={row.id}
            open={keyOf(row) === opened.key}
            onToggle={() => opened.toggle(keyOf(row))}
          >
            {t('image.vulnerabilities.details.open')}
          </ExpandButton>
        </>
      ),
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
      render: row => <FixText row={row} />,
    },
    {
      id: 'since',
      label: t('image.vulnerabilities.column.since'),
      render: row =>
        row.firstSeenAt ? <DateTime at={row.firstSeenAt} /> : t('dash'),
    },
  ];
}

/**
 * Id, other ids, title and finders of a vulnerability, and what VEX says of it.
 */
export function VulnerabilityName(props: { row: schema.VulnerabilityRow }) {
  const { row } = props;
  const { sources } = row;
  const { t } = useMessages();
  const classes = usePageStyles();
  const nameOf = useSourceName();
  const scanners = [...new Set(sources.map(nameOf))];
  const isHandedIn = sources.some(({ trust }) => trust !== undefined);
  return (
    <>
      <SafeLink url={row.link} text={row.id} />
      <AliasesAndTitle row={row} />
      {(scanners.length > 1 || isHandedIn) && (
        <div className={classes.secondary}>
          <HostileText
            text={t('image.vulnerabilities.foundBy', {
              scanners: scanners.join(', '),
            })}
          />
        </div>
      )}
      <VexOpinions row={row} />
    </>
  );
}

/** Leads from one image to everything that has the vulnerability. */
function WhereElse(props: { id: string }) {
  const { id } = props;
  const { t } = useMessages();
  const links = useLinks();
  const classes = usePageStyles();
  return (
    <div className={classes.secondary}>
      <Link
        to={links.vulnerability(id)}
        aria-label={t('vulnerabilities.whereElseOf', { id })}
      >
        {t('vulnerabilities.whereElse')}
      </Link>
    </div>
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
