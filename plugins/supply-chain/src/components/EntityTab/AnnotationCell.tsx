import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { usePageStyles } from '../../ui/pageStyles';
import { TimeAgo } from '../../ui/TimeAgo';

/**
 * In place of where an image runs: that it was not seen running, and what its digest was taken from.
 */
export function AnnotationCell(props: { annotation: schema.ImageAnnotation }) {
  const { digestSource, lastSeen } = props.annotation;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <>
      {t('entity.annotated.notSeenRunning')}
      <div className={classes.secondary}>
        {digestSource === 'specDigest' && t('entity.annotated.digestNamed')}
        {digestSource === 'tagResolvedNow' && (
          <>
            {t('entity.annotated.tagResolved')} <TimeAgo at={lastSeen} />
          </>
        )}
      </div>
    </>
  );
}
