import { PlaceLook, schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { usePlaceName } from '../../hooks/usePlaceName';
import { HostileText } from '../../ui/HostileText';
import { shortDigest } from '../../ui/imageName';
import { OutcomeSign } from '../../ui/OutcomeSign';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';

/** A place read to its end without a find is a dash, not "can't tell". */
function signOf(look: PlaceLook): schema.Outcome {
  if (!look.complete) {
    return 'unknown';
  }
  return look.found > 0 ? 'pass' : 'notApplicable';
}

/**
 * Every place that was looked at, with what was there.
 */
export function Trail(props: { trail: PlaceLook[]; digest: string }) {
  const { trail, digest } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  return (
    <Panel title={t('image.signature.trail')}>
      {trail.length === 0 && t('image.signature.noTrail')}
      <ul className={classes.plainList}>
        {trail.map((look, index) => (
          <li
            key={`${look.place}/${look.location}/${index}`}
            style={{ padding: '5px 0' }}
          >
            <Look look={look} digest={digest} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Look(props: { look: PlaceLook; digest: string }) {
  const { look, digest } = props;
  const { t, meaning } = useMessages();
  const placeName = usePlaceName();
  const classes = usePageStyles();
  const nothing = look.complete
    ? t('image.signature.nothingThere')
    : t('image.signature.notRead');
  return (
    <div className={classes.row} style={{ alignItems: 'flex-start' }}>
      <OutcomeSign outcome={signOf(look)} />
      <div className={classes.grow} style={{ minWidth: 0 }}>
        <HostileText text={placeName(look.place)} />
        <div className={classes.secondary}>
          {look.about !== digest && (
            <div>
              {t('image.signature.aboutIndex', {
                digest: shortDigest(look.about),
              })}
            </div>
          )}
          {look.reason && <div>{meaning(look.reason)}</div>}
          {look.note && <HostileText text={look.note} />}
        </div>
      </div>
      <span className={classes.secondary}>
        {look.found > 0
          ? t('image.signature.found', { count: look.found })
          : nothing}
      </span>
    </div>
  );
}
