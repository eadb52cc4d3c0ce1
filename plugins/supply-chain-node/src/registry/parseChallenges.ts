/** One challenge of a `WWW-Authenticate` header; scheme and parameter names in lower case. */
export interface Challenge {
  scheme: string;
  parameters: Map<string, string>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const BLANKS = /[ \t]*/y;
const HEADER_MAX_LENGTH = 8192;

/** Reads a header from left to right; each method takes what it names or nothing. */
class HeaderReader {
  #position = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.#position >= this.text.length;
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.text)?.[0];
    this.#position += found?.length ?? 0;
    return found;
  }

  take(character: string): boolean {
    if (this.text[this.#position] !== character) {
      return false;
    }
    this.#position += 1;
    return true;
  }

  quoted(): string | undefined {
    let value = '';
    for (let index = this.#position; index < this.text.length; index += 1) {
      const character = this.text[index];
      if (character === '"') {
        this.#position = index + 1;
        return value;
      }
      if (character === '\\') {
        index += 1;
      }
      value += this.text[index] ?? '';
    }
    return undefined;
  }

  rewind(length: number): void {
    this.#position -= length;
  }
}

function skipCommas(reader: HeaderReader): void {
  do {
    reader.match(BLANKS);
  } while (reader.take(','));
}

/** `undefined`: the header is malformed; `false`: the name begins the next challenge. */
function readParameter(
  reader: HeaderReader,
): [string, string] | false | undefined {
  const name = reader.match(TOKEN);
  if (name === undefined) {
    return undefined;
  }
  const blanks = reader.match(BLANKS) ?? '';
  if (!reader.take('=')) {
    reader.rewind(name.length + blanks.length);
    return false;
  }
  reader.match(BLANKS);
  const value = reader.take('"') ? reader.quoted() : reader.match(TOKEN);
  return value === undefined ? undefined : [name.toLowerCase(), value];
}

/** `false` when the header is malformed within the parameters. */
function readParameters(
  reader: HeaderReader,
  parameters: Map<string, string>,
): boolean {
  skipCommas(reader);
  while (!reader.done) {
    const parameter = readParameter(reader);
    if (parameter === undefined) {
      return false;
    }
    if (parameter === false) {
      return true;
    }
    const [name, value] = parameter;
    if (parameters.has(name)) {
      return false;
    }
    parameters.set(name, value);
    skipCommas(reader);
  }
  return true;
}

/**
 * Reads the challenges of a `WWW-Authenticate` header. A malformed header has
 * none: what cannot be read is not guessed when credentials depend on it.
 *
 * https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function parseChallenges(header: string): Challenge[] {
  if (header.length > HEADER_MAX_LENGTH) {
    return [];
  }
  const reader = new HeaderReader(header);
  const challenges: Challenge[] = [];
  skipCommas(reader);
  while (!reader.done) {
    const scheme = reader.match(TOKEN);
    const parameters = new Map<string, string>();
    if (scheme === undefined || !readParameters(reader, parameters)) {
      return [];
    }
    challenges.push({ scheme: scheme.toLowerCase(), parameters });
  }
  return challenges;
}
