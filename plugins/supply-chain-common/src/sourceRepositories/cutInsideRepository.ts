/** First segments behind a repository of an owner and a name that lead into it. */
const INSIDE: readonly string[] = ['tree', 'blob', 'raw', 'edit', 'blame'];
/** Gitea and Forgejo name the kind of revision behind `src`. */
const SOURCE_KINDS: readonly string[] = ['branch', 'tag', 'commit'];
/** A repository has an owner before its name. */
const OWNER_AND_NAME = 2;

/**
 * Cuts what leads into a repository: `/tree/main/dir`, `/-/blob/…`, `/src/branch/…`. A group or repository may itself
 * be called `src` or `tree`: what could be a name is left.
 */
export function cutInsideRepository(
  host: string,
  segments: string[],
): string[] {
  // GitLab reserves the dash, so that it cannot be a name.
  const dash = segments.indexOf('-');
  if (dash >= OWNER_AND_NAME) {
    return segments.slice(0, dash);
  }
  const end = segments.findIndex(
    (_segment, index) =>
      index >= OWNER_AND_NAME && leadsInside(host, segments.slice(index)),
  );
  return end < 0 ? segments : segments.slice(0, end);
}

function leadsInside(host: string, [first, second]: string[]): boolean {
  if (second === undefined) {
    return false;
  }
  return (
    INSIDE.includes(first) ||
    (first === 'src' &&
      (host === 'bitbucket.org' || SOURCE_KINDS.includes(second)))
  );
}
