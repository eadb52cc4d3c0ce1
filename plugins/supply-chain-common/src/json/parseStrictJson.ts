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
    refuseAmbiguity(text, limits.maxDepth ?? DEFAULT_MAX_DEPTH);
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
  return typeof document === 'string'
    ? document
    : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        document,
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
