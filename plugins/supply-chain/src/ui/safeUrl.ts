import { hasUnseenCharacters } from './escapeHostileText';

/**
 * The link a text may become, or nothing: `https:` only, without user information, which would show
 * another host than the one it leads to (L32).
 */
export function safeUrl(
  text: string | undefined,
): { href: string; host: string } | undefined {
  if (!text || hasUnseenCharacters(text) || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.username || url.password) {
    return undefined;
  }
  return { href: url.href, host: url.host };
}
