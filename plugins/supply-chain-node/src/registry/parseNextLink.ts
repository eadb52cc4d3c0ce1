const NEXT = /^rel=(?:"next"|next)$/i;

/**
 * The target of a `Link` header with `rel="next"`, relative to the page it
 * came with; `undefined` when there is none.
 *
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 */
export function parseNextLink(
  header: string | undefined,
  page: URL,
): URL | undefined {
  // A target holds no ">", so splitting there needs no grammar of commas.
  for (const part of (header ?? '').split('<').slice(1)) {
    const [target, parameters = ''] = part.split('>', 2);
    const isNext = parameters
      .split(/[;,]/)
      .some(parameter => NEXT.test(parameter.trim()));
    if (isNext && URL.canParse(target, page)) {
      return new URL(target, page);
    }
  }
  return undefined;
}
