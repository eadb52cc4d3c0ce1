import { Digest, parseDigest } from '../model/digest';
import { VulnerabilityDetail } from '../model/vulnerability';
import { shortText } from '../text/reportValues';

/** Digests a report may name; an image has one for each repository it was pulled from. */
const MAX_DIGESTS = 100;

/** The digests among texts that are one, or a reference that ends with one: `host/path@sha256:…`. */
export function digestsIn(names: readonly unknown[]): Digest[] {
  const digests = names.slice(0, MAX_DIGESTS).flatMap(name => {
    const text = typeof name === 'string' ? name : '';
    return parseDigest(text.slice(text.lastIndexOf('@') + 1)) ?? [];
  });
  return [...new Set(digests)];
}

/**
 * `os/architecture`, with the variant where there is one; undefined when one of them is not known.
 *
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
 */
export function platformOf(image: {
  os: unknown;
  architecture: unknown;
  variant?: unknown;
}): string | undefined {
  const { os, architecture, variant } = image;
  return isWord(os) && isWord(architecture)
    ? [os, architecture, ...(isWord(variant) ? [variant] : [])].join('/')
    : undefined;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value);
}

/** The operating system of an image. */
export function operatingSystemOf(
  family: unknown,
  version: unknown,
): VulnerabilityDetail['os'] {
  const known = shortText(family, 100);
  const name = shortText(version, 100);
  return known ? { family: known, ...(name && { name }) } : undefined;
}

/** The scanner, with its version where it says one. */
export function scannerOf(
  name: string,
  version: unknown,
): VulnerabilityDetail['scanner'] {
  const known = shortText(version, 100);
  return { name, ...(known && { version: known }) };
}

/**
 * A path inside the image as every scanner's findings carry it: without the root before it, so that those of several
 * scanners meet.
 */
export function imagePath(path: unknown): string | undefined {
  return typeof path === 'string'
    ? shortText(path.replace(/^\/+/, ''), 1_024)
    : undefined;
}

/**
 * The layer that all places of a package agree on. The database of a package manager is changed by later layers too, so
 * where they disagree nothing says which one brought the package.
 */
export function commonLayer(layers: readonly unknown[]): Digest | undefined {
  const [first, ...others] = new Set(layers);
  return others.length === 0 ? parseDigest(first) : undefined;
}

/**
 * Whether packages of a kind (as in package URLs) are those of the system: they are at the place of the image itself,
 * not at that of the package manager's database.
 */
export function isSystemPackage(type: unknown): boolean {
  const system: unknown[] = ['apk', 'alpm', 'deb', 'rpm', 'portage'];
  return system.includes(type);
}
