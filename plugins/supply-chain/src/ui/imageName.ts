/**
 * An image reference without its host and digest, as people say it: `payments/api:2.14.1`.
 */
export function shortImageName(imageRef: string): string {
  const [name] = imageRef.split('@');
  const slash = name.indexOf('/');
  const host = slash > 0 ? name.slice(0, slash) : '';
  return /[.:]|^localhost$/.test(host) ? name.slice(slash + 1) : name;
}

/**
 * A digest short enough for a row: `sha256:4be1c7…09c7`.
 */
export function shortDigest(digest: string, shownStart = 6): string {
  const [algorithm, hex = ''] = digest.split(':');
  return hex.length > shownStart + 10
    ? `${algorithm}:${hex.slice(0, shownStart)}…${hex.slice(-4)}`
    : digest;
}
