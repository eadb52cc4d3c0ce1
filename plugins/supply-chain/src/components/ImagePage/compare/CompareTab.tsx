import Button from '@material-ui/core/Button';
import { isDigest, schema } from 'backstage-plugin-supply-chain-common';
import { ImageAddress } from '../../../hooks/useImageReport';
import { useUrlState } from '../../../hooks/useUrlState';
import { useMessages } from '../../../translations/useMessages';
import { shortDigest } from '../../../ui/imageName';
import { HostileText } from '../../../ui/HostileText';
import { Notice } from '../../../ui/Notice';
import { usePageStyles } from '../../../ui/pageStyles';
import { CandidatePicker } from './CandidatePicker';
import { Comparison } from './Comparison';

/** What belongs to one comparison and to no other. */
const NO_COMPARISON = {
  with: undefined,
  withRepository: undefined,
  change: undefined,
  sort: undefined,
};

/**
 * The image beside another one: which one stands in the address.
 */
export function CompareTab(props: { report: schema.ImageReport }) {
  const { repository, digest } = props.report;
  const { get } = useUrlState();
  const { t } = useMessages();
  const classes = usePageStyles();
  const image = { repository, digest };
  const other = get('with');
  if (!other) {
    return <CandidatePicker image={image} />;
  }
  const chosen = {
    digest: other,
    repository: get('withRepository') ?? repository,
  };
  return (
    <div className={classes.page}>
      <Chosen image={image} chosen={chosen} />
      {isDigest(other) ? (
        <Comparison image={image} other={chosen} />
      ) : (
        <Notice tone="unknown">{t('comparison.typed.badDigest')}</Notice>
      )}
    </div>
  );
}

function Chosen(props: { image: ImageAddress; chosen: ImageAddress }) {
  const { image, chosen } = props;
  const { t } = useMessages();
  const { set } = useUrlState();
  const classes = usePageStyles();
  return (
    <div className={classes.row}>
      <span>
        {t('comparison.chosen')}{' '}
        {chosen.repository !== image.repository && (
          <>
            <HostileText text={chosen.repository} />{' '}
          </>
        )}
        <HostileText code text={shortDigest(chosen.digest)} />
      </span>
      <Button
        size="small"
        variant="outlined"
        className={classes.plainButton}
        onClick={() =>
          set({ ...NO_COMPARISON, page: undefined }, { push: true })
        }
      >
        {t('comparison.another')}
      </Button>
    </div>
  );
}
