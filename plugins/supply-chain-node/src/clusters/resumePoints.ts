/** With more refused objects than this, a point to go on from does not name them: reading everything is no dearer. */
const MAX_NAMED = 200;

/**
 * What a stored point says beside its version, so that a restart forgets no trouble.
 *
 * @internal
 */
export type PointContent = {
  resourceVersion: string;
  /** Something may have been missed, or a namespace was not read: only a list can tell. */
  inDoubt: boolean;
  /** Objects that were refused, by uid; `all` when there are too many to name. */
  refused: readonly string[] | 'all';
};

/**
 * `<version>@<key>`, and on a second line, when something is open, the refused objects.
 *
 * @internal
 */
export function formatPoint(content: PointContent, key: string): string {
  const { resourceVersion, inDoubt, refused } = content;
  const point = `${resourceVersion}@${key}`;
  if (!inDoubt && refused.length === 0) {
    return point;
  }
  const named = refused.length > MAX_NAMED ? 'all' : refused;
  return `${point}\n${JSON.stringify(named)}`;
}

/**
 * Undefined for a point that is of no use: of another key, as of another form or another choice of namespaces, or not
 * written by {@link formatPoint}.
 *
 * @internal
 */
export function parsePoint(
  stored: string,
  key: string,
): PointContent | undefined {
  const [point, open] = stored.split('\n');
  const at = point.indexOf('@');
  if (at < 1 || point.slice(at + 1) !== key) {
    return undefined;
  }
  const resourceVersion = point.slice(0, at);
  if (open === undefined) {
    return { resourceVersion, inDoubt: false, refused: [] };
  }
  const refused = parseRefused(open);
  return refused && { resourceVersion, inDoubt: true, refused };
}

function parseRefused(text: string): PointContent['refused'] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut off, or of another version of this product: everything is read anew.
    return undefined;
  }
  const isNamed =
    Array.isArray(value) && value.every(uid => typeof uid === 'string');
  return isNamed || value === 'all'
    ? (value as PointContent['refused'])
    : undefined;
}
