import { CopyButton } from './CopyButton';
import { hasUnseenCharacters } from './escapeHostileText';
import { HostileText } from './HostileText';
import { shortDigest } from './imageName';

/**
 * A digest, shortened, with a button that copies it whole.
 */
export function DigestText(props: { digest: string; full?: boolean }) {
  const { digest, full } = props;
  return (
    <span title={hasUnseenCharacters(digest) ? undefined : digest}>
      <HostileText code text={full ? digest : shortDigest(digest)} />
      {!hasUnseenCharacters(digest) && (
        <CopyButton text={digest} name={digest} />
      )}
    </span>
  );
}
