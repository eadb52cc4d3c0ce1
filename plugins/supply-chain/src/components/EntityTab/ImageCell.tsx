import { schema } from 'backstage-plugin-supply-chain-common';
import Button from '@material-ui/core/Button';
import { useMessages } from '../../translations/useMessages';
import { DigestText } from '../../ui/DigestText';
import { HostileText } from '../../ui/HostileText';
import { shortImageName } from '../../ui/imageName';
import { usePageStyles } from '../../ui/pageStyles';
import { openedRowId } from '../../ui/ResponsiveTable';

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
      <Button
        size="small"
        onClick={onToggle}
        aria-expanded={open}
        aria-controls={open ? openedRowId(row.key) : undefined}
        aria-label={t(open ? 'table.collapse' : 'table.expand', { name })}
        style={{
          textTransform: 'none',
          padding: 0,
          fontWeight: 600,
          textAlign: 'left',
          justifyContent: 'flex-start',
        }}
      >
        <span aria-hidden="true">{open ? '▾' : '▸'}&nbsp;</span>
        <span className={name.length <= MAX_WHOLE_NAME ? classes.whole : ''}>
          <HostileText text={name} />
        </span>
      </Button>
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
