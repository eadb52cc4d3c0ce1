import { useMessages } from '../translations/useMessages';
import { useNow } from './useNow';
import { HostileText } from './HostileText';

/**
 * A moment as "3 hours ago", with the full date behind it.
 */
export function TimeAgo(props: { at: string }) {
  const { relativeTime, dateTime } = useMessages();
  const now = useNow();
  const moment = new Date(props.at);
  if (Number.isNaN(moment.getTime())) {
    return <HostileText text={props.at} />;
  }
  return (
    <time
      dateTime={props.at}
      title={dateTime(moment)}
      style={{ whiteSpace: 'nowrap' }}
    >
      {relativeTime(moment, now)}
    </time>
  );
}

/**
 * A moment as date and time.
 */
export function DateTime(props: { at: string }) {
  const { dateTime } = useMessages();
  const moment = new Date(props.at);
  if (Number.isNaN(moment.getTime())) {
    return <HostileText text={props.at} />;
  }
  return <time dateTime={props.at}>{dateTime(moment)}</time>;
}
