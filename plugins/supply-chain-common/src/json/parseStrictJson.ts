import { visit } from 'jsonc-parser';

/**
 * Limits of {@link parseStrictJson}.
 *
 * @public
 */
export type StrictJsonLimits = {
  /** Largest document. */
  maxBytes: number;
  /**
   * Deepest nesting of objects and arrays.
   *
   * @defaultValue 64
   */
  maxDepth?: number;
};

/**
 * Why a document is refused.
 *
 * @public
 */
export type StrictJsonProblem =
  | 'tooLarge'
  | 'tooDeep'
  | 'duplicateKey'
  | 'malformed';

/**
 * Result of {@link parseStrictJson}. The message quotes the document: hostile text (L32).
 *
 * @public
 */
export type StrictJsonResult =
  | { ok: true; value: unknown }
  | { ok: false; problem: StrictJsonProblem; message: string };

const DEFAULT_MAX_DEPTH = 64;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Stops the visitor, which knows no other way and would recurse on. */
class Refusal extends Error {
  constructor(readonly problem: StrictJsonProblem, message: string) {
    super(message);
  }
}

/**
 * Parses JSON as RFC 8259 writes it, in UTF-8 without byte order mark, and
 * refuses what two readers may read differently: above all a key that stands
 * twice, also when one of them is written with escapes. Never throws.
 *
 * The value may hold an own property `__proto__`: copy it by name, never by spreading.
 *
 * @public
 */
export function parseStrictJson(
  document: string | Uint8Array,
  limits: StrictJsonLimits,
): StrictJsonResult {
  try {
    const text = decode(document, limits.maxBytes);
    const maxDepth = limits.maxDepth ?? DEFAULT_MAX_DEPTH;
    const value = parseUnambiguous(text, maxDepth);
    if (value !== undefined) {
      return { ok: true, value };
    }
    // Slower, and says what is wrong.
    refuseAmbiguity(text, maxDepth);
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return {
      ok: false,
      problem: error instanceof Refusal ? error.problem : 'malformed',
      message: (error as Error).message,
    };
  }
}

function decode(document: string | Uint8Array, maxBytes: number): string {
  if (document.length > maxBytes) {
    throw new Refusal(
      'tooLarge',
      `expected at most ${maxBytes} bytes, got ${document.length}`,
    );
  }
  return typeof document === 'string' ? document : UTF8.decode(document);
}

/**
 * The value of a document in which nothing is wrong, else `undefined`. In JSON every colon outside of a string belongs
 * to a key; a key that stands twice leaves fewer in the value than were written.
 */
function parseUnambiguous(text: string, maxDepth: number): unknown {
  const { keys, depth } = measure(text);
  if (depth > maxDepth) {
    return undefined;
  }
  try {
    const value = JSON.parse(text);
    return countKeys(value) === keys ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Counts in one pass; of text that is no JSON it says nothing. */
function measure(text: string): { keys: number; depth: number } {
  let keys = 0;
  let open = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at);
        break;
      case 0x3a: // :
        keys += 1;
        break;
      case 0x5b: // [
      case 0x7b: // {
        open += 1;
        depth = Math.max(depth, open);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        open -= 1;
        break;
      default:
    }
  }
  return { keys, depth };
}

/** Where the string ends that begins here: at the next quote before which an even number of backslashes stands. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let before = end - 1;
    while (text[before] === '\\') {
      before -= 1;
    }
    if ((end - before) % 2 === 1) {
      return end;
    }
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  const values = Object.values(value);
  return values.reduce<number>(
    (sum, each) => sum + countKeys(each),
    Array.isArray(value) ? 0 : values.length,
  );
}

function refuseAmbiguity(text: string, maxDepth: number): void {
  const keysPerObject: Set<string>[] = [];
  let depth = 0;
  const enter = () => {
    depth += 1;
    // Thrown from here, so that the visitor's own recursion stays shallow too.
    if (depth > maxDepth) {
      throw new Refusal('tooDeep', `expected at most ${maxDepth} levels`);
    }
  };
  const leave = () => {
    depth -= 1;
  };
  visit(
    text,
    {
      onObjectBegin: () => {
        enter();
        keysPerObject.push(new Set());
      },
      onObjectProperty: (name, offset) => {
        const keys = keysPerObject[keysPerObject.length - 1];
        if (keys.has(name)) {
          throw new Refusal(
            'duplicateKey',
            `"${name}" stands twice in one object, again at offset ${offset}`,
          );
        }
        keys.add(name);
      },
      onObjectEnd: () => {
        leave();
        keysPerObject.pop();
      },
      onArrayBegin: enter,
      onArrayEnd: leave,
      onError: (_code, offset) => {
        throw new Refusal('malformed', `not JSON at offset ${offset}`);
      },
    },
    { disallowComments: true },
  );
}
