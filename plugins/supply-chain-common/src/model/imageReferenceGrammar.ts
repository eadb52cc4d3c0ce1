// The grammar of distribution/reference, read character by character or by
// regular expressions without nested repetition: references come from pods,
// annotations and API callers, and the usual port of this grammar needs
// seconds for sixteen hostile characters.
// https://github.com/distribution/reference/blob/v0.6.0/reference.go

/** The longest `domain/path`, in characters, that distribution/reference accepts. */
export const REPOSITORY_MAX_LENGTH = 255;

const DOMAIN_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const PORT = /^[0-9]{1,5}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const IPV4_OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
// What a URL parser would read as a number: 0x7f.1 and 127.1 are addresses too.
const NUMERIC_LABEL = /^(?:[0-9]+|0x[0-9a-f]*)$/i;

function isIpv4(labels: string[]): boolean {
  return (
    labels.length === 4 &&
    labels.every(label => IPV4_OCTET.test(label) && Number(label) <= 255)
  );
}

/** Whether the text is a DNS name or dotted IPv4 address, optionally with a port. */
export function isRegistryHost(text: string): boolean {
  const [name, port, ...rest] = text.split(':');
  if (rest.length > 0 || name.length === 0 || name.length > 253) {
    return false;
  }
  if (port !== undefined && !(PORT.test(port) && isPortNumber(Number(port)))) {
    return false;
  }
  const labels = name.split('.');
  if (!labels.every(label => label.length <= 63 && DOMAIN_LABEL.test(label))) {
    return false;
  }
  return !NUMERIC_LABEL.test(labels[labels.length - 1]) || isIpv4(labels);
}

function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65_535;
}

const COMPONENT_CHARACTERS = /^[a-z0-9._-]+$/;
const SEPARATORS_BETWEEN = /[._-]+/g;
const SEPARATOR = /^(?:[._]|__|-+)$/;
const ALPHANUMERIC = /^[a-z0-9]$/;

/**
 * Whether the text is one component of a repository path:
 * alphanumeric runs joined by `.`, `_`, `__` or any number of `-`.
 */
export function isPathComponent(text: string): boolean {
  return (
    COMPONENT_CHARACTERS.test(text) &&
    ALPHANUMERIC.test(text[0]) &&
    ALPHANUMERIC.test(text[text.length - 1]) &&
    (text.match(SEPARATORS_BETWEEN) ?? []).every(run => SEPARATOR.test(run))
  );
}

/** Whether every component of a slash-separated repository path is well formed. */
export function isRepositoryPath(text: string): boolean {
  return text.split('/').every(isPathComponent);
}

/**
 * Whether the text is a tag.
 *
 * @public
 */
export function isTag(text: string): boolean {
  return TAG.test(text);
}
