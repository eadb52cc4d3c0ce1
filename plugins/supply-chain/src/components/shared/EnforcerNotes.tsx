import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages, useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';
import { WithCode } from '../../ui/WithCode';
import { ReasonCodeLink } from './ReasonCodeLink';

/**
 * A workload with its place.
 */
export function workloadText(workload: schema.EnforcedWorkload): string {
  const { cluster, namespace, kind, name } = workload;
  return `${cluster} · ${namespace} / ${kind} ${name}`;
}

/**
 * The reports of other enforcers that cannot be read, and the results that are left out, each with its reason.
 */
export function EnforcerNotes(props: { notes: schema.EnforcerNote[] }) {
  const { notes } = props;
  const messages = useMessages();
  const { t, meaning } = messages;
  const classes = usePageStyles();
  if (notes.length === 0) {
    return null;
  }
  return (
    <ul
      className={`${classes.plainList} ${classes.secondary}`}
      aria-label={t('enforcers.notesTitle')}
    >
      {notes.map(note => (
        <li key={JSON.stringify(note)} style={{ overflowWrap: 'anywhere' }}>
          <HostileText text={whatText(note, messages)} />{' '}
          <WithCode text={meaning(note.reason)} />{' '}
          {note.message && <HostileText text={note.message} />}{' '}
          <ReasonCodeLink code={note.reason} />
        </li>
      ))}
    </ul>
  );
}

function whatText(note: schema.EnforcerNote, { t }: Messages): string {
  const { workload, results, source } = note;
  const place = workloadText(workload);
  return results === undefined
    ? `${place}:`
    : `${place}, ${t('enforcers.leftOut', {
        count: results,
        source: source ?? t('enforcers.noSource'),
      })}:`;
}
