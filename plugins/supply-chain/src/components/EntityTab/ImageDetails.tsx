import { schema } from 'backstage-plugin-supply-chain-common';
import { makeStyles } from '@material-ui/core/styles';
import { useImageFixes } from '../../hooks/useImageFixes';
import { useMessages } from '../../translations/useMessages';
import { usePageStyles } from '../../ui/pageStyles';
import { FullSigner } from '../../ui/SignerText';
import { RemoteContent } from '../../ui/RemoteContent';
import { DateTime } from '../../ui/TimeAgo';
import { usePlaceName } from '../../hooks/usePlaceName';
import { FixCommand } from '../shared/vulnerabilities/FixCommand';
import { WithCode } from '../../ui/WithCode';
import { BuiltFrom } from './BuiltFrom';
import { NotPassing } from './NotPassing';

const TOP_FIXES = 3;

const useStyles = makeStyles(
  theme => ({
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1.2fr) minmax(0, 1fr) minmax(0, 1fr)',
      gap: theme.spacing(3),
      padding: theme.spacing(0.5),
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: theme.spacing(2),
      },
    },
    heading: { margin: 0, fontSize: '0.9rem', fontWeight: 600 },
  }),
  { name: 'SupplyChainImageDetails' },
);

/**
 * The opened row: who signed and from what it was built, what to update first, which rules do not pass, and the way to the image.
 */
export function ImageDetails(props: { row: schema.ImageRow }) {
  const { row } = props;
  const classes = useStyles();
  const page = usePageStyles();
  return (
    <div className={classes.columns}>
      <div className={page.page}>
        <SignedBy signature={row.signature} />
        <BuiltFrom row={row} heading={classes.heading} />
      </div>
      <TopFixes row={row} />
      <NotPassing row={row} heading={classes.heading} />
    </div>
  );
}

function SignedBy(props: { signature?: schema.SignatureSummary }) {
  const { signature } = props;
  const { t, meaning, advice } = useMessages();
  const placeName = usePlaceName();
  const page = usePageStyles();
  const { heading } = useStyles();
  if (signature?.status !== 'verified') {
    const reason =
      signature?.reason ?? (signature ? undefined : 'notCollectedYet');
    return (
      <div>
        <h3 className={heading}>{t('entity.details.signature')}</h3>
        <div className={page.secondary}>
          {reason ? meaning(reason) : t('entity.details.notSigned')}
          {reason && (
            <div>
              <WithCode text={advice(reason)} />
            </div>
          )}
        </div>
      </div>
    );
  }
  return (
    <div>
      <h3 className={heading}>{t('entity.details.signedBy')}</h3>
      <FullSigner signer={signature.signer ?? ''} />
      <div className={page.secondary}>
        {signature.trustRoot && (
          <div>
            {t('entity.details.trustRoot', { name: signature.trustRoot })}
          </div>
        )}
        {signature.signedAt && <DateTime at={signature.signedAt} />}
        {signature.foundIn && (
          <div>
            {t('entity.details.foundIn', {
              place: placeName(signature.foundIn),
            })}
          </div>
        )}
        {signature.relation === 'viaIndex' && (
          <div>{t('entity.details.viaIndex')}</div>
        )}
      </div>
    </div>
  );
}

function TopFixes(props: { row: schema.ImageRow }) {
  const { row } = props;
  const { t } = useMessages();
  const page = usePageStyles();
  const { heading } = useStyles();
  const { counts, fixable = 0 } = row.vulnerabilities ?? {};
  return (
    <div>
      <h3 className={heading}>{t('entity.details.topFixes')}</h3>
      <div className={page.secondary}>
        {counts && row.repository && row.digest ? (
          <FixList
            repository={row.repository}
            digest={row.digest}
            counts={counts}
            fixable={fixable}
          />
        ) : (
          <>
            {t('vulnerabilities.notScanned')}{' '}
            {t('vulnerabilities.notScannedHow')}
          </>
        )}
      </div>
    </div>
  );
}

function FixList(props: {
  repository: string;
  digest: string;
  counts: schema.SeverityCounts;
  /** How many of those that count have a fix. */
  fixable: number;
}) {
  const { repository, digest, counts, fixable } = props;
  const { t } = useMessages();
  const page = usePageStyles();
  const fixes = useImageFixes({
    repository,
    digest,
    by: 'fix',
    fixable: true,
    offset: 0,
    limit: TOP_FIXES,
  });
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <RemoteContent state={fixes}>
      {({ items }) => (
        <ul className={page.plainList}>
          {items
            .filter(({ total, notAffected }) => total > notAffected)
            .map(fix => (
              <li key={`${fix.packageName}|${fix.fixedVersion}`}>
                {t('entity.details.fix', {
                  name: fix.packageName,
                  version: fix.fixedVersion ?? '',
                  count: fix.total - fix.notAffected,
                })}
                <FixCommand fix={fix} />
              </li>
            ))}
          {all > fixable && (
            <li>{t('entity.details.noFix', { count: all - fixable })}</li>
          )}
          {all === 0 && <li>{t('entity.details.nothingToFix')}</li>}
        </ul>
      )}
    </RemoteContent>
  );
}
