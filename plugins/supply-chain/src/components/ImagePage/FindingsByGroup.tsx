import { ImageAddress } from '../../hooks/useImageReport';
import { useAllVulnerabilities } from '../../hooks/useImageFixes';
import { FindingFilter } from '../../hooks/useFindingFilter';
import { Messages, useMessages } from '../../translations/useMessages';
import { usePageState } from '../../hooks/useUrlState';
import { Fix, groupByFix, groupByPackage } from '../../ui/groupFixes';
import { HostileText } from '../../ui/HostileText';
import { Notice } from '../../ui/Notice';
import { Pager } from '../shared/Pager';
import {
  ExploitNotes,
  KnownExploited,
} from '../shared/vulnerabilities/Exploits';
import { FixCommand } from '../shared/vulnerabilities/FixCommand';
import { usePageStyles } from '../../ui/pageStyles';
import { RemoteContent } from '../../ui/RemoteContent';
import { Column, ResponsiveTable } from '../../ui/ResponsiveTable';
import { SeverityChips } from '../../ui/SeverityChips';
import { PackageName, VulnerabilityName } from './FindingsList';

/** More are reachable one by one. */
const SHOWN_FINDINGS = 5;

/**
 * Findings put together by what would fix them, or by package.
 */
export function FindingsByGroup(props: {
  image: ImageAddress;
  filter: FindingFilter;
  by: 'fix' | 'package';
}) {
  const { image, filter, by } = props;
  const messages = useMessages();
  const { t } = messages;
  const { page, pageSize } = usePageState();
  const state = useAllVulnerabilities({ image, ...filter });
  return (
    <RemoteContent state={state}>
      {({ items, total, exploitData }) => {
        const groups = by === 'fix' ? groupByFix(items) : groupByPackage(items);
        return (
          <>
            <ExploitNotes state={exploitData} />
            {items.length < total && (
              <Notice tone="unknown" live={false}>
                {t('image.vulnerabilities.partial', {
                  loaded: items.length,
                  total,
                })}
              </Notice>
            )}
            <ResponsiveTable
              caption={t('image.vulnerabilities.caption')}
              columns={columnsOf(by, messages)}
              rows={groups.slice(page * pageSize, (page + 1) * pageSize)}
              keyOf={group => group.key}
            />
            <Pager total={groups.length} />
          </>
        );
      }}
    </RemoteContent>
  );
}

function columnsOf(by: 'fix' | 'package', { t }: Messages): Column<Fix>[] {
  const first: Column<Fix> =
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
              <HostileText code text={group.findings[0].installedVersion} />
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

function FindingCounts(props: { fix: Fix }) {
  const { findings, counts } = props.fix;
  const { t } = useMessages();
  const classes = usePageStyles();
  const setAside = findings.filter(({ notAffected }) => notAffected).length;
  return (
    <>
      {setAside < findings.length && <SeverityChips counts={counts} />}
      {setAside > 0 && (
        <div className={classes.secondary}>
          {t('vulnerabilities.setAside', { count: setAside })}
        </div>
      )}
    </>
  );
}

function FixName(props: { fix: Fix }) {
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
        {t('image.vulnerabilities.noFix')}
      </div>
    </>
  );
}

function FindingNames(props: { fix: Fix }) {
  const { findings } = props.fix;
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {findings.slice(0, SHOWN_FINDINGS).map((row, index) => (
        <li key={`${row.id}/${row.path}/${index}`}>
          <VulnerabilityName row={row} />
          {row.exploited && <KnownExploited row={row} state={undefined} />}
        </li>
      ))}
      {findings.length > SHOWN_FINDINGS && (
        <li>+ {findings.length - SHOWN_FINDINGS}</li>
      )}
    </ul>
  );
}
