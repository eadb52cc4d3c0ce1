import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { ExpandButton } from '../../ui/ExpandButton';
import { HostileText } from '../../ui/HostileText';
import { shortImageName } from '../../ui/imageName';
import { usePageStyles } from '../../ui/pageStyles';

/** Longer names may break: they would push the other columns away. */
const MAX_WHOLE_NAME = 32;

/**
 * Which image, with the button that opens its row.
 */
export function ImageCell(props: {
  row: schema.ImageRow;
  open: boolean;
  onToggle: () => void;
}) {
  const { row, open, onToggle } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const name = shortImageName(row.imageRef);
  const placed = row.placements.length > 0;
  const gone = row.placements.every(place => !place.running);
  return (
    <>
      <ExpandButton
        rowKey={row.key}
        name={name}
        open={open}
        onToggle={onToggle}
      >
        <span className={name.length <= MAX_WHOLE_NAME ? classes.whole : ''}>
          <HostileText text={name} />
        </span>
      </ExpandButton>
      <div className={classes.secondary}>
        {row.digest ? (
          <DigestText digest={row.digest} />
        ) : (
          t('entity.images.noDigest')
        )}
        {row.thirdParty && <div>{t('entity.images.thirdParty')}</div>}
        {row.annotation && <div>{t('entity.annotated.named')}</div>}
        {placed && !row.counted && <div>{t('entity.images.notStarted')}</div>}
        {placed && gone && <div>{t('entity.images.notRunning')}</div>}
      </div>
    </>
  );
}
