import MaterialLink from '@material-ui/core/Link';
import { HostileText } from './HostileText';
import { safeUrl } from './safeUrl';

/**
 * A link that came from outside: `https:` only, with its host beside it; anything else stays text (L32).
 */
export function SafeLink(props: { url?: string; text: string }) {
  const target = safeUrl(props.url);
  if (!target) {
    return <HostileText text={props.text} />;
  }
  return (
    <MaterialLink
      href={target.href}
      target="_blank"
      rel="noopener noreferrer"
      underline="always"
    >
      <HostileText text={props.text} /> ({target.host})
    </MaterialLink>
  );
}
