import { ReactNode } from 'react';
import { PlaceLook, schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { usePlaceName } from '../../hooks/usePlaceName';
import { HostileText } from '../../ui/HostileText';
import { shortDigest } from '../../ui/imageName';
import { OutcomeSign } from '../../ui/OutcomeSign';
import { Panel } from '../../ui/Panel';
import { usePageStyles } from '../../ui/pageStyles';
import { ReasonCodeLink } from '../shared/ReasonCodeLink';
import { WithCode } from '../../ui/WithCode';
import { schemeName } from './schemeName';

/** What came of what was found at a place. */
export type PlaceResult = {
  outcome: schema.Outcome;
  lines: ReactNode[];
};

type ResultOf = (look: PlaceLook) => PlaceResult | undefined;

/**
 * Every place that was looked at, by signing system, with what was there and what came of it.
 */
export function Trail(props: {
  trail: PlaceLook[];
  digest: string;
  resultOf: ResultOf;
}) {
  const { trail, ...rest } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const schemes = [...new Set(trail.map(look => look.scheme))];
  return (
    <Panel title={t('image.signature.trail')}>
      {trail.length === 0 && t('image.signature.noTrail')}
      {schemes.map(scheme => (
        <div key={scheme} role="group" aria-label={schemeName(scheme, t)}>
          {schemes.length > 1 && (
            <h3 className={classes.secondary} style={{ margin: '8px 0 0' }}>
              <HostileText text={schemeName(scheme, t)} />
            </h3>
          )}
          <Looks
            {...rest}
            looks={trail.filter(each => each.scheme === scheme)}
          />
        </div>
      ))}
    </Panel>
  );
}

function Looks(props: {
  looks: PlaceLook[];
  digest: string;
  resultOf: ResultOf;
}) {
  const { looks, digest, resultOf } = props;
  const classes = usePageStyles();
  return (
    <ul className={classes.plainList}>
      {looks.map((look, index) => (
        <li
          key={`${look.place}/${look.location}/${index}`}
          style={{ padding: '5px 0' }}
        >
          <Look look={look} digest={digest} result={resultOf(look)} />
        </li>
      ))}
    </ul>
  );
}

/** A place read to its end without a find is a dash, not "can't tell". */
function signOf(
  { complete }: PlaceLook,
  result: PlaceResult | undefined,
): schema.Outcome {
  return result?.outcome ?? (complete ? 'notApplicable' : 'unknown');
}

function Look(props: {
  look: PlaceLook;
  digest: string;
  result: PlaceResult | undefined;
}) {
  const { look, digest, result } = props;
  const { t } = useMessages();
  const placeName = usePlaceName();
  const classes = usePageStyles();
  const nothing = look.complete
    ? t('image.signature.nothingThere')
    : t('image.signature.notRead');
  return (
    <div className={classes.row} style={{ alignItems: 'flex-start' }}>
      <OutcomeSign outcome={signOf(look, result)} />
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
          <LookNotes look={look} />
          {result?.lines.map((line, index) => (
            <div key={index}>{line}</div>
          ))}
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

/** Where exactly, for which trust root, and what kept the look from its end. */
function LookNotes(props: { look: PlaceLook }) {
  const { place, location, trustRoot, reason, note } = props.look;
  const { t, meaning } = useMessages();
  return (
    <>
      {place === 'contentTrust' && <HostileText code text={location} />}
      {trustRoot && (
        <div>
          <HostileText
            text={t('image.signature.ofTrustRoot', { name: trustRoot })}
          />
        </div>
      )}
      {reason && (
        <div>
          <WithCode text={meaning(reason)} /> <ReasonCodeLink code={reason} />
        </div>
      )}
      {note && <HostileText text={note} />}
    </>
  );
}
