/**
 * Attributes of a distinguished name by short name, each at most once.
 *
 * @public
 */
export type DistinguishedName = ReadonlyMap<string, string>;

/**
 * A distinguished name, or why the text is none that identifies anybody.
 *
 * @public
 */
export type DistinguishedNameResult =
  | { ok: true; value: DistinguishedName }
  | { ok: false; message: string };

/** The attributes reference clients can read from a certificate; no other one can ever match. */
const ATTRIBUTES = new Set([
  'C',
  'ST',
  'L',
  'O',
  'OU',
  'CN',
  'SERIALNUMBER',
  'STREET',
  'POSTALCODE',
]);

const REQUIRED = ['C', 'ST', 'O'];

const PART = /^ *([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*) *= *(.*)$/s;
/** A value up to its last character that is no unescaped space. */
const VALUE = /^((?:\\.|[^\\])*?) *$/s;
/** RFC 4514, section 2.4; its pairs of hexadecimal digits are never needed, as the document is UTF-8. */
const ESCAPABLE = ' "#+,;<=>\\';

/** Stops reading; the message is for whoever wrote the name. */
class Unreadable extends Error {}

/**
 * Reads the name of a trusted identity: comma-separated attributes as in RFC 4514, none twice, with `C`, `ST` (or `S`)
 * and `O` among them.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#trusted-identities-constraints
 *
 * @public
 */
export function parseDistinguishedName(text: string): DistinguishedNameResult {
  try {
    const value = readAttributes(text);
    const missing = REQUIRED.find(type => !value.has(type));
    return missing === undefined
      ? { ok: true, value }
      : { ok: false, message: `expected "${missing}" in "${text}"` };
  } catch (error) {
    return { ok: false, message: `${(error as Error).message} in "${text}"` };
  }
}

/**
 * Whether a name has every attribute of another one, with the same value.
 *
 * @public
 */
export function includesName(
  whole: DistinguishedName,
  part: DistinguishedName,
): boolean {
  return [...part].every(([type, value]) => whole.get(type) === value);
}

function readAttributes(text: string): Map<string, string> {
  if (text.includes('=#')) {
    // CVE-2023-25656: encoded values made reference clients allocate without bound.
    throw new Unreadable('expected values as text, got "=#"');
  }
  const attributes = new Map<string, string>();
  for (const part of splitParts(text)) {
    const [, writtenType, writtenValue] = PART.exec(part) ?? [];
    if (writtenType === undefined) {
      throw new Unreadable(`expected "type=value", got "${part}"`);
    }
    const type = writtenType === 'S' ? 'ST' : writtenType;
    if (!ATTRIBUTES.has(type)) {
      throw new Unreadable(
        `expected one of ${[...ATTRIBUTES].join(', ')}, got "${writtenType}"`,
      );
    }
    if (attributes.has(type)) {
      throw new Unreadable(`expected "${type}" once, got it twice`);
    }
    attributes.set(type, readValue(type, writtenValue));
  }
  return attributes;
}

/** Splits at commas that are not escaped. */
function splitParts(text: string): string[] {
  const parts = [''];
  for (const [token] of text.matchAll(/\\.|[^\\]|\\$/gs)) {
    if (token === ',') {
      parts.push('');
    } else {
      parts[parts.length - 1] += token;
    }
  }
  return parts;
}

function readValue(type: string, written: string): string {
  const value = VALUE.exec(written)?.[1];
  if (value === undefined || value === '') {
    throw new Unreadable(`expected a value for "${type}"`);
  }
  const special = /[+;"<>]/.exec(value.replace(/\\./gs, ''));
  if (special) {
    throw new Unreadable(
      `expected "${special[0]}" escaped as "\\${special[0]}"`,
    );
  }
  return value.replace(/\\(.)/gs, (_, escaped: string) => {
    if (!ESCAPABLE.includes(escaped)) {
      throw new Unreadable(`expected the character itself, got "\\${escaped}"`);
    }
    return escaped;
  });
}
