import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../translations/useMessages';
import { TimeAgo } from './TimeAgo';

/**
 * A later look that failed while an earlier result stands (L6).
 */
export function LastLookNote(props: { lastLook: schema.LastLook }) {
  const { failedAt, reason, nextLookAt } = props.lastLook;
  const { t, label, meaning } = useMessages();
  return (
    <div title={meaning(reason)}>
      {t('entity.images.lastLook', { label: label(reason) })}{' '}
      <TimeAgo at={failedAt} />
      {nextLookAt && (
        <>
          {' · '}
          {t('entity.images.nextLook')} <TimeAgo at={nextLookAt} />
        </>
      )}
    </div>
  );
}
