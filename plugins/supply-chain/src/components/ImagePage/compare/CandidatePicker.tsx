import { FormEvent, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import { isDigest, schema } from 'backstage-plugin-supply-chain-common';
import { ImageAddress } from '../../../hooks/useImageReport';
import { useComparisonCandidates } from '../../../hooks/useComparison';
import { useUrlState } from '../../../hooks/useUrlState';
import { Messages, useMessages } from '../../../translations/useMessages';
import { HostileText } from '../../../ui/HostileText';
import { shortDigest, shortImageName } from '../../../ui/imageName';
import { Panel } from '../../../ui/Panel';
import { usePageStyles } from '../../../ui/pageStyles';
import { RemoteContent } from '../../../ui/RemoteContent';
import { TimeAgo } from '../../../ui/TimeAgo';

/** Puts the other image into the address. */
function useChoose(image: ImageAddress): (other: ImageAddress) => void {
  const { set } = useUrlState();
  return ({ repository, digest }) =>
    set(
      {
        with: digest,
        withRepository:
          repository === image.repository ? undefined : repository,
      },
      { push: true },
    );
}

/**
 * What the image may be compared with, the likeliest first, and any other by its digest.
 */
export function CandidatePicker(props: { image: ImageAddress }) {
  const { image } = props;
  const state = useComparisonCandidates(image);
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  return (
    <Panel title={t('comparison.choose')}>
      <div className={classes.page}>
        <RemoteContent state={state}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{t('comparison.noCandidate')}</p>
            ) : (
              <ul
                className={classes.plainList}
                aria-label={t('comparison.candidates')}
              >
                {items.map(each => (
                  <li
                    key={`${each.repository}@${each.digest}`}
                    style={{ padding: '6px 0' }}
                  >
                    <Candidate image={image} candidate={each} />
                  </li>
                ))}
              </ul>
            )
          }
        </RemoteContent>
        <TypedDigest image={image} />
      </div>
    </Panel>
  );
}

function clustersText(
  { clusters }: schema.ComparisonCandidate,
  { t }: Messages,
): string {
  return clusters.length > 0
    ? t('comparison.in', { clusters: clusters.join(', ') })
    : '';
}

function Candidate(props: {
  image: ImageAddress;
  candidate: schema.ComparisonCandidate;
}) {
  const { image, candidate } = props;
  const { imageRef, digest, relation, running, lastSeen } = candidate;
  const messages = useMessages();
  const { t } = messages;
  const classes = usePageStyles();
  const choose = useChoose(image);
  const name = shortImageName(imageRef);
  return (
    <div className={classes.row}>
      <Button
        size="small"
        variant="outlined"
        className={classes.plainButton}
        aria-label={t('comparison.compareWith', {
          image: `${name} ${shortDigest(digest)}`,
        })}
        onClick={() => choose(candidate)}
      >
        {t('comparison.typed.submit')}
      </Button>
      <span>
        <HostileText text={name} />{' '}
        <HostileText code text={shortDigest(digest)} />
      </span>
      <span className={classes.secondary}>
        {t(`comparison.relation.${relation}`)} ·{' '}
        {running ? (
          t('comparison.isRunning')
        ) : (
          <>
            {t('comparison.lastSeen')} <TimeAgo at={lastSeen} />
          </>
        )}{' '}
        {clustersText(candidate, messages)}
      </span>
    </div>
  );
}

function TypedDigest(props: { image: ImageAddress }) {
  const { image } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const choose = useChoose(image);
  const [repository, setRepository] = useState(image.repository);
  const [digest, setDigest] = useState('');
  const [isBad, setIsBad] = useState(false);
  const titleId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = digest.trim();
    setIsBad(!isDigest(typed));
    if (isDigest(typed)) {
      choose({
        digest: typed,
        repository: repository.trim() || image.repository,
      });
    }
  };
  return (
    <form onSubmit={submit} aria-labelledby={titleId} noValidate>
      <h3
        id={titleId}
        className={classes.strong}
        style={{ margin: '0 0 12px', fontSize: '0.9rem' }}
      >
        {t('comparison.typed.title')}
      </h3>
      <div className={classes.row} style={{ alignItems: 'flex-start' }}>
        <TextField
          size="small"
          variant="outlined"
          style={{ flex: '1 1 220px', maxWidth: 380 }}
          label={t('comparison.typed.repository')}
          value={repository}
          onChange={event => setRepository(event.target.value)}
          inputProps={{ maxLength: 255 }}
          InputLabelProps={{ shrink: true }}
          id="supply-chain-compare-repository"
        />
        <TextField
          size="small"
          variant="outlined"
          style={{ flex: '2 1 260px', maxWidth: 640 }}
          label={t('comparison.typed.digest')}
          value={digest}
          onChange={event => {
            setDigest(event.target.value);
            setIsBad(false);
          }}
          error={isBad}
          helperText={isBad ? t('comparison.typed.badDigest') : undefined}
          FormHelperTextProps={{ role: 'alert' }}
          inputProps={{ maxLength: 150 }}
          InputLabelProps={{ shrink: true }}
          id="supply-chain-compare-digest"
        />
        <Button
          type="submit"
          variant="outlined"
          className={classes.plainButton}
          style={{ minHeight: 40 }}
        >
          {t('comparison.typed.submit')}
        </Button>
      </div>
    </form>
  );
}
