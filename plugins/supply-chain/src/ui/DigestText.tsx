import { CopyButton } from './CopyButton';
import { hasUnseenCharacters } from './escapeHostileText';
import { HostileText } from './HostileText';
import { shortDigest } from './imageName';

/**
 * A digest, shortened, with a button that copies it whole.
 */
export function DigestText(props: { digest: string; long?: boolean }) {
  const { digest, long } = props;
  return (
    <span title={hasUnseenCharacters(digest) ? undefined : digest}>
      <HostileText code text={shortDigest(digest, long ? 16 : 6)} />
      {!hasUnseenCharacters(digest) && (
        <CopyButton text={digest} name={digest} />
      )}
    </span>
  );
}
