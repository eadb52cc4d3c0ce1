import { FindingGrouping, schema } from 'backstage-plugin-supply-chain-common';
import { ImageAddress } from '../../hooks/useImageReport';
import { useImageFixes } from '../../hooks/useImageFixes';
import { FindingFilter } from '../../hooks/useFindingFilter';
import { Messages, useMessages } from '../../translations/useMessages';
import { usePageState } from '../../hooks/useUrlState';
import { HostileText } from '../../ui/HostileText';
import { Pager } from '../shared/Pager';
import {
  ExploitNotes,
  KnownExploited,
} from '../shared/vulnerabilities/Exploits';
import { FixCommand } from '../shared/vulnerabilities/FixCommand';
import { FixText } from '../shared/vulnerabilities/FixText';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { SeverityChips } from '../../ui/SeverityChips';
import { PackageName, VulnerabilityName } from './FindingsList';

/**
 * Findings put together by what would fix them, or by package.
 */
export function FindingsByGroup(props: {
  image: ImageAddress;
  filter: FindingFilter;
  by: FindingGrouping;
}) {
  const { image, filter, by } = props;
  const messages = useMessages();
  const { t } = messages;
  const { page, pageSize } = usePageState();
  const state = useImageFixes({
    ...image,
    ...filter,
    by,
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
            columns={columnsOf(by, messages)}
            rows={items}
            keyOf={keyOf}
          />
          <Pager total={total} />
        </>
      )}
    </RemoteContent>
  );
}

function keyOf({
  packageName,
  fixedVersion,
  fixState,
  findings: [first],
}: schema.VulnerabilityGroup): string {
  return JSON.stringify([
    ...[packageName, fixedVersion, fixState],
    ...[first.purl, first.installedVersion, first.path],
  ]);
}

function columnsOf(
  by: FindingGrouping,
  { t }: Messages,
): Column<schema.VulnerabilityGroup>[] {
  const first: Column<schema.VulnerabilityGroup> =
    by === 'fix'
      ? {
          id: 'fix',
          label: t('image.vulnerabilities.column.fix'),
          render: group => <FixName fix={group} />,
        }
      : {
          id: 'package',
          label: t('image.vulnerabilities.column.package'),
          render: group => (
            <>
              <PackageName row={group.findings[0]} />
              <div>
                <HostileText code text={group.findings[0].installedVersion} />
              </div>
            </>
          ),
        };
  return [
    first,
    {
      id: 'findings',
      label: t('image.vulnerabilities.column.findings'),
      render: group => <FindingCounts fix={group} />,
    },
    {
      id: 'id',
      label: t('image.vulnerabilities.column.id'),
      render: group => <FindingNames fix={group} />,
    },
  ];
}

function FindingCounts(props: { fix: schema.VulnerabilityGroup }) {
  const { total, notAffected, counts } = props.fix;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {notAffected < total && <SeverityChips counts={counts} />}
      {notAffected > 0 && (
        <div className={classes.secondary}>
          {t('vulnerabilities.setAside', { count: notAffected })}
        </div>
      )}
    </>
  );
}

function FixName(props: { fix: schema.VulnerabilityGroup }) {
  const { packageName, fixedVersion } = props.fix;
  const { t } = useMessages();
  const classes = usePageStyles();
  return fixedVersion ? (
    <>
      <span className={classes.strong}>
        {t('image.vulnerabilities.update', {
          name: packageName,
          version: fixedVersion,
        })}
      </span>
      <FixCommand fix={props.fix} />
    </>
  ) : (
    <>
      <HostileText text={packageName} />
      <div className={classes.secondary}>
        <FixText row={props.fix} />
      </div>
    </>
  );
}

function FindingNames(props: { fix: schema.VulnerabilityGroup }) {
  const { findings, total } = props.fix;
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {findings.map((row, index) => (
        <li key={`${row.id}/${row.path}/${index}`}>
          <VulnerabilityName row={row} />
          {row.exploited && <KnownExploited row={row} state={undefined} />}
        </li>
      ))}
      {total > findings.length && <li>+ {total - findings.length}</li>}
    </ul>
  );
}
