/** What of a package URL is needed here. */
export type PackageUrl = {
  type: string;
  namespace: string;
  name: string;
  version?: string;
  qualifiers: ReadonlyMap<string, string>;
};

const PURL =
  /^pkg:\/*([a-z][a-z0-9.+-]*)\/([^?#@]+)(?:@([^?#]+))?(?:\?([^#]*))?(?:#.*)?$/i;

/**
 * The parts of a package URL; undefined for what is none. An `@` of a namespace must be written `%40`; some write it
 * plainly, so the version begins at the last one.
 *
 * @see https://github.com/package-url/purl-spec/blob/main/PURL-SPECIFICATION.rst
 */
export function parsePackageUrl(text: unknown): PackageUrl | undefined {
  if (typeof text !== 'string' || text.length > 2_048) {
    return undefined;
  }
  const [, type, path, version, query = ''] =
    PURL.exec(text.replace(/^(pkg:[^/]+\/)@/, '$1%40')) ?? [];
  const segments = (path ?? '').split('/').filter(Boolean).map(decoded);
  const name = segments.pop();
  return type && name
    ? {
        type: type.toLowerCase(),
        namespace: segments.join('/'),
        name,
        ...(version !== undefined && { version: decoded(version) }),
        qualifiers: qualifiersOf(query),
      }
    : undefined;
}

function qualifiersOf(query: string): Map<string, string> {
  return new Map(
    query.split('&').map(pair => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).toLowerCase(), decoded(pair.slice(at + 1))];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
