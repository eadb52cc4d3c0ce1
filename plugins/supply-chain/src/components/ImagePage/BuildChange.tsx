import { Link } from '@backstage/core-components';
import {
  EarlierBuild,
  normaliseSourceRepository,
  schema,
  withoutRevision,
} from 'backstage-plugin-supply-chain-common';
import { useLinks } from '../../hooks/useLinks';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { shortDigest } from '../../ui/imageName';
import { OutcomeLabel } from '../../ui/OutcomeLabel';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { DateTime } from '../../ui/TimeAgo';
import { claimsOf, ProvenanceEvidenceView } from './provenanceEvidence';

type Change = {
  id: 'builder' | 'repository' | 'repositoryId' | 'workflow';
  before?: string;
  now?: string;
};

/** The same things in the words the earlier build was remembered in. */
function changesOf(
  earlier: EarlierBuild,
  provenance: schema.ProvenanceSummary,
  { counted }: ProvenanceEvidenceView,
): Change[] {
  const claims = claimsOf(counted?.statement);
  const signer = counted?.check?.signer;
  const proven = signer?.type === 'identity' ? signer.extensions : {};
  const changes: Change[] = [
    {
      id: 'builder',
      before: earlier.builder,
      now: claims?.builderId ?? provenance.builder,
    },
    { id: 'repository', before: earlier.repository, now: provenance.source },
    {
      id: 'repositoryId',
      before: earlier.repositoryId,
      now: proven.sourceRepositoryIdentifier ?? claims?.repositoryId,
    },
    {
      id: 'workflow',
      before: earlier.workflow,
      now: claims?.workflow ?? provenance.workflow,
    },
  ];
  return changes.filter(({ before, now }) => before || now);
}

/** A new release of a builder is no other builder, another spelling no other repository. */
function isSame({ id, before = '', now = '' }: Change): boolean {
  switch (id) {
    case 'builder':
      return withoutRevision(before) === withoutRevision(now);
    case 'repository':
      return (
        (normaliseSourceRepository(before) ?? before) ===
        (normaliseSourceRepository(now) ?? now)
      );
    default:
      return before === now;
  }
}

/** What only one of the builds says cannot be compared. */
function compare(change: Change): {
  outcome: schema.Outcome;
  word: 'unchanged' | 'changed' | 'notComparable';
} {
  if (!change.before || !change.now) {
    return { outcome: 'unknown', word: 'notComparable' };
  }
  return isSame(change)
    ? { outcome: 'pass', word: 'unchanged' }
    : { outcome: 'warn', word: 'changed' };
}

/**
 * What is different about this build from the one deployed before it.
 */
export function BuildChange(props: {
  report: schema.ImageReport;
  evidence: ProvenanceEvidenceView;
}) {
  const { report, evidence } = props;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  const links = useLinks();
  const { earlier } = evidence;
  if (!earlier || !report.provenance) {
    return null;
  }
  const { repository } = report;
  const { digest, firstSeenAt } = earlier;
  return (
    <Panel title={t('provenance.change')}>
      <div className={classes.secondary}>
        {t('provenance.changeSince')}{' '}
        <Link to={links.image({ repository, digest })}>
          <HostileText code text={shortDigest(digest)} />
        </Link>
        {' · '}
        <DateTime at={firstSeenAt} />
      </div>
      <ul className={classes.plainList}>
        {changesOf(earlier, report.provenance, evidence).map(change => (
          <li key={change.id} style={{ padding: '5px 0' }}>
            <ChangeLine change={change} messages={messages} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ChangeLine(props: { change: Change; messages: Messages }) {
  const { change, messages } = props;
  const { t } = messages;
  const classes = usePageStyles();
  const name = t(`provenance.said.${change.id}`);
  const { outcome, word } = compare(change);
  return (
    <>
      <OutcomeLabel outcome={outcome}>
        {t(`provenance.${word}`, { name })}
      </OutcomeLabel>
      <div className={classes.secondary}>
        <HostileText code text={change.before ?? t('dash')} />
        {change.before !== change.now && (
          <>
            {' → '}
            <HostileText code text={change.now ?? t('dash')} />
          </>
        )}
      </div>
    </>
  );
}
