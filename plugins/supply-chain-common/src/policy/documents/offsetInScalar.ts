import { isScalar, Node, Scalar } from 'yaml';

/**
 * Where a character of a text stands in the source of its YAML document, or `undefined` when that cannot be told:
 * texts may be folded over lines, indented, and written with escapes.
 */
export function offsetInScalar(options: {
  node: Node;
  /** The whole source. */
  source: string;
  /** In the value of the node, counted from 0. */
  offset: number;
}): number | undefined {
  const { node, source, offset } = options;
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) {
    return undefined;
  }
  const [start, end] = node.range;
  return alignedOffset(
    node.value,
    writtenText(node.type, source.slice(start, end), start),
    offset,
  );
}

/** A text between its marks, and where that begins in the source. */
type Written = { text: string; start: number; doubledQuotes: boolean };

function writtenText(
  type: Scalar['type'],
  whole: string,
  start: number,
): Written {
  const doubledQuotes = type === 'QUOTE_SINGLE';
  if (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') {
    const header = whole.indexOf('\n') + 1;
    return { text: whole.slice(header), start: start + header, doubledQuotes };
  }
  return type === 'PLAIN'
    ? { text: whole, start, doubledQuotes }
    : { text: whole.slice(1, -1), start: start + 1, doubledQuotes };
}

/** Walks both texts side by side; a run of white space in one is a run in the other, however long. */
function alignedOffset(
  value: string,
  { text, start, doubledQuotes }: Written,
  offset: number,
): number | undefined {
  let at = skipSpace(text, 0);
  for (let index = skipSpace(value, 0); index < offset; ) {
    if (isSpace(value[index])) {
      index = skipSpace(value, index);
      at = skipSpace(text, at);
    } else if (value[index] === text[at] && text[at] !== '\\') {
      at += doubledQuotes && text[at] === "'" ? 2 : 1;
      index += 1;
    } else {
      return undefined;
    }
  }
  return start + at;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \n\r\t'.includes(character);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text[at])) {
    at += 1;
  }
  return at;
}
