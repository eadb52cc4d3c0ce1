import { useMessages } from '../translations/useMessages';
import { CopyButton } from './CopyButton';
import { escapeHostileText, hasUnseenCharacters } from './escapeHostileText';
import { HostileText } from './HostileText';
import { shortSigner } from './signerName';

/**
 * Who signed, short enough for a row, a key with the trust root that knows it; whole as the title.
 */
export function ShortSigner(props: { signer: string; trustRoot?: string }) {
  const { signer, trustRoot } = props;
  const { t } = useMessages();
  const short = shortSigner(signer, t('entity.images.key'));
  const isKey = short !== signer && signer.startsWith('sha256:');
  return (
    <span title={escapeHostileText(signer)}>
      {isKey && trustRoot && (
        <>
          <HostileText text={trustRoot} />
          {' · '}
        </>
      )}
      <span style={isKey ? { whiteSpace: 'nowrap' } : undefined}>
        <HostileText text={short} />
      </span>
    </span>
  );
}

/**
 * Who signed, whole, with a button that copies it.
 */
export function FullSigner(props: { signer: string }) {
  const { signer } = props;
  return (
    <>
      <HostileText code text={signer} />
      {signer !== '' && !hasUnseenCharacters(signer) && (
        <CopyButton text={signer} name={signer} />
      )}
    </>
  );
}
