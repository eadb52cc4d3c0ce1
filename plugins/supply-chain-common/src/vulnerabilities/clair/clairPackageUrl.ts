import { Json, recordOf, textOf } from '../scanReport';

/** Options of {@link packageUrlOf}. */
export type ClairPackageUrlOptions = {
  type: string;
  /** Of operating-system packages: who makes them. */
  namespace?: string;
  found: Json;
  distribution?: string;
};

/**
 * A package URL: https://github.com/package-url/purl-spec. Of operating-system packages the binary package is named,
 * and the source package, which advisories name, is its `upstream`.
 */
export function packageUrlOf(
  options: ClairPackageUrlOptions,
): string | undefined {
  const { type, namespace, found } = options;
  const name = nameOf(type, textOf(found.name));
  if (!name) {
    return undefined;
  }
  const { version, epoch } = versionOf(type, textOf(found.version));
  const path = [...(namespace ? [namespace] : []), ...name.split('/')]
    .filter(Boolean)
    .map(encode)
    .join('/');
  const qualifiers = namespace ? qualifiersOf({ ...options, epoch, name }) : '';
  const url = `pkg:${type}/${path}${
    version && `@${encode(version)}`
  }${qualifiers}`;
  return url.length <= 1_024 ? url : undefined;
}

function nameOf(type: string, name: string): string {
  switch (type) {
    case 'pypi':
      return name.toLowerCase().replace(/_/g, '-');
    case 'maven':
      return name.replace(':', '/');
    default:
      return name;
  }
}

/** The epoch is part of the version for Debian, and a qualifier for RPM. */
function versionOf(
  type: string,
  text: string,
): { version: string; epoch?: string } {
  const match = type === 'rpm' ? /^(\d{1,9}):(.*)$/s.exec(text) : null;
  return match
    ? { version: match[2], ...(match[1] !== '0' && { epoch: match[1] }) }
    : { version: text };
}

function qualifiersOf(
  options: ClairPackageUrlOptions & { epoch?: string; name: string },
): string {
  const { found, distribution, epoch, name } = options;
  const source = textOf(recordOf(found.source).name);
  const qualifiers = Object.entries({
    arch: textOf(found.arch),
    distro: distribution ?? '',
    epoch: epoch ?? '',
    upstream: source === name ? '' : source,
  }).flatMap(([key, value]) => (value ? [`${key}=${encode(value)}`] : []));
  return qualifiers.length > 0 ? `?${qualifiers.join('&')}` : '';
}

function encode(text: string): string {
  // Half a surrogate cannot be encoded; such a name is not one of any package.
  return encodeURIComponent(
    text.replace(/[\ud800-\udfff]/gu, '\ufffd'),
  ).replace(/%3A/g, ':');
}
