import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { OutcomeLabel } from '../../ui/OutcomeLabel';

/**
 * How many images a trust root verifies, and how many of them have nothing else to stand on. Each leads to its list.
 */
export function ImageCounts(props: {
  images: schema.TrustRootImages;
  onShow: (only?: 'singleSigner' | 'contentTrustOnly') => void;
}) {
  const { images, onShow } = props;
  const { verified, singleSigner, contentTrustOnly } = images;
  const { t } = useMessages();
  return (
    <>
      <Shown count={verified} onClick={() => onShow()}>
        {t('trust.images.verified', { count: verified })}
      </Shown>
      {singleSigner > 0 && (
        <Shown count={singleSigner} onClick={() => onShow('singleSigner')}>
          {t('trust.images.single', { count: singleSigner })}
        </Shown>
      )}
      {contentTrustOnly > 0 && (
        <Shown
          count={contentTrustOnly}
          onClick={() => onShow('contentTrustOnly')}
        >
          <OutcomeLabel outcome="warn">
            {t('trust.images.contentTrust', { count: contentTrustOnly })}
          </OutcomeLabel>
        </Shown>
      )}
    </>
  );
}

function Shown(props: {
  count: number;
  onClick: () => void;
  children: ReactNode;
}) {
  const { count, onClick, children } = props;
  return count === 0 ? (
    <div>{children}</div>
  ) : (
    <div>
      <Button
        size="small"
        color="inherit"
        onClick={onClick}
        style={{
          textTransform: 'none',
          textDecoration: 'underline',
          padding: 0,
          textAlign: 'left',
          justifyContent: 'flex-start',
        }}
      >
        {children}
      </Button>
    </div>
  );
}
