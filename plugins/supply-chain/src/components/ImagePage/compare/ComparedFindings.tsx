import { FINDING_CHANGES, schema } from 'backstage-plugin-supply-chain-common';
import { ComparisonQuery } from '../../../hooks/useComparison';
import { useComparisonExport } from '../../../hooks/useImageExports';
import { useUrlState } from '../../../hooks/useUrlState';
import { Messages, useMessages } from '../../../translations/useMessages';
import { FilterBar, SelectFilter } from '../../../ui/Filters';
import { HostileText } from '../../../ui/HostileText';
import { OutcomeLabel } from '../../../ui/OutcomeLabel';
import { Panel } from '../../../ui/Panel';
import { usePageStyles } from '../../../ui/pageStyles';
import { Column, ResponsiveTable } from '../../../ui/ResponsiveTable';
import { SeverityChip, SeverityChips } from '../../../ui/SeverityChips';
import { ExportMenu } from '../../shared/ExportMenu';
import { Pager } from '../../shared/Pager';
import {
  ExploitNotes,
  KnownExploited,
} from '../../shared/vulnerabilities/Exploits';
import { FindingFilterFields } from '../../shared/vulnerabilities/FindingFilterFields';
import { VexOpinions } from '../../shared/vulnerabilities/VexOpinions';
import { PackageName, VulnerabilityName } from '../FindingsList';
import { totalOf } from './comparisonSentence';
import { SORTS } from './useComparisonQuery';

/** The sign of each change; what stays is neither good nor bad. */
const SIGNS: Record<schema.FindingChange, schema.Outcome> = {
  new: 'fail',
  mayBeNew: 'unknown',
  changed: 'warn',
  fixed: 'pass',
  mayBeFixed: 'unknown',
  unchanged: 'notApplicable',
};

/**
 * The findings of both images, filtered and paged by the backend.
 */
export function ComparedFindings(props: {
  comparison: schema.ImageComparison;
  query: ComparisonQuery;
}) {
  const { comparison, query } = props;
  const { items, total, counts, notAffected, exploitData } = comparison;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  const exporting = useComparisonExport(query);
  return (
    <Panel
      title={t('comparison.findings.title')}
      actions={<ExportMenu source={exporting} count={total} />}
    >
      <div className={classes.page}>
        <ChangeCounts counts={counts} />
        {notAffected > 0 && (
          <div className={classes.secondary}>
            {t('vulnerabilities.setAside', { count: notAffected })}
          </div>
        )}
        <FilterBar>
          <ComparisonFields />
          <FindingFilterFields exploitData={exploitData} />
        </FilterBar>
        <div>
          <ExploitNotes state={exploitData} />
          <ResponsiveTable
            caption={t('comparison.findings.caption')}
            columns={columnsOf(messages)}
            rows={items}
            keyOf={keyOf}
          />
          <Pager total={total} />
        </div>
      </div>
    </Panel>
  );
}

function keyOf({ before, after }: schema.ComparedFinding): string {
  return JSON.stringify(
    [before, after].map(row =>
      row ? [row.id, row.packageName, row.installedVersion, row.path] : [],
    ),
  );
}

function ChangeCounts(props: { counts: schema.ImageComparison['counts'] }) {
  const { counts } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const occurring = FINDING_CHANGES.filter(each => totalOf(counts[each]) > 0);
  return (
    <ul className={`${classes.plainList} ${classes.row}`}>
      {occurring.map(change => (
        <li key={change} className={classes.row}>
          <OutcomeLabel outcome={SIGNS[change]}>
            {t(`comparison.change.${change}`)}
          </OutcomeLabel>
          <SeverityChips counts={counts[change]} />
        </li>
      ))}
    </ul>
  );
}

function ComparisonFields() {
  const { t } = useMessages();
  const { get, set } = useUrlState();
  return (
    <>
      <SelectFilter
        label={t('comparison.findings.change')}
        value={get('change') ?? ''}
        options={FINDING_CHANGES.map(value => ({
          value,
          label: t(`comparison.change.${value}`),
        }))}
        onChange={change => set({ change, page: undefined })}
      />
      <SelectFilter
        label={t('comparison.findings.sort')}
        withAll={false}
        value={get('sort') ?? SORTS[0]}
        options={SORTS.map(value => ({
          value,
          label: t(`comparison.findings.sortBy.${value}`),
        }))}
        onChange={sort =>
          set({ sort: sort === SORTS[0] ? undefined : sort, page: undefined })
        }
      />
    </>
  );
}

function columnsOf(messages: Messages): Column<schema.ComparedFinding>[] {
  const { t } = messages;
  return [
    {
      id: 'change',
      label: t('comparison.findings.change'),
      render: row => <Change row={row} />,
    },
    {
      id: 'severity',
      label: t('image.vulnerabilities.column.severity'),
      render: ({ before, after }) => (
        <>
          {before && after && before.severity !== after.severity && (
            <>
              <SeverityChip severity={before.severity} />
              {' → '}
            </>
          )}
          <SeverityChip severity={(after ?? before!).severity} />
        </>
      ),
    },
    {
      id: 'id',
      label: t('image.vulnerabilities.column.id'),
      render: ({ before, after }) => {
        const shown = (after ?? before)!;
        return (
          <>
            <VulnerabilityName row={shown} />
            {shown.exploited && (
              <KnownExploited row={shown} state={undefined} />
            )}
            <VexOpinions row={shown} />
          </>
        );
      },
    },
    {
      id: 'package',
      label: t('image.vulnerabilities.column.package'),
      render: ({ before, after }) => <PackageName row={(after ?? before)!} />,
    },
    {
      id: 'version',
      label: t('comparison.findings.version'),
      render: ({ before, after }) => (
        <BeforeAndAfter
          before={before?.installedVersion}
          after={after?.installedVersion}
          gone={before && !after ? t('comparison.findings.gone') : undefined}
          added={after && !before ? t('comparison.findings.added') : undefined}
        />
      ),
    },
    {
      id: 'fixed',
      label: t('comparison.findings.fixed'),
      render: ({ before, after }) => (
        <BeforeAndAfter
          before={before && (before.fixedVersion ?? '')}
          after={after && (after.fixedVersion ?? '')}
        />
      ),
    },
  ];
}

function Change(props: { row: schema.ComparedFinding }) {
  const { change, reason } = props.row;
  const { t, label, meaning } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      <OutcomeLabel outcome={SIGNS[change]}>
        {t(`comparison.change.${change}`)}
      </OutcomeLabel>
      {reason && (
        <div className={classes.secondary} title={meaning(reason)}>
          {label(reason)}
        </div>
      )}
    </>
  );
}

/** One text where both are the same, else both with an arrow; an empty one is a fix that does not exist. */
function BeforeAndAfter(props: {
  before?: string;
  after?: string;
  gone?: string;
  added?: string;
}) {
  const { before, after, gone, added } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const shown = [before, after].filter(
    (text, index, all): text is string =>
      text !== undefined && all.indexOf(text) === index,
  );
  return (
    <>
      {shown.map((text, index) => (
        <span key={text}>
          {index > 0 && ' → '}
          {text ? (
            <HostileText code text={text} />
          ) : (
            t('image.vulnerabilities.noFix')
          )}
        </span>
      ))}
      {(gone ?? added) && (
        <div className={classes.secondary}>{gone ?? added}</div>
      )}
    </>
  );
}
