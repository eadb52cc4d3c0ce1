import {
  Document,
  isAlias,
  isNode,
  LineCounter,
  Node,
  parseAllDocuments,
  visit,
  YAMLMap,
} from 'yaml';
import { ReasonCode } from '../../model/reasonCodes';
import { DocumentProblem, formatPath, ValueProblem } from './documentProblem';
import { offsetInScalar } from './offsetInScalar';
import { findShapeProblem } from './yamlShape';

/** Largest text of one source (L28). */
const MAX_BYTES = 1024 * 1024;

/** One YAML document with the means to say where in the text something stands. */
export type YamlDocument = {
  value: unknown;
  locate(problem: ValueProblem): DocumentProblem;
};

type Located = { line: number; column: number };

/** Reads the documents of a source as YAML 1.2 core without aliases, duplicate keys or tags (L28). Never throws. */
export function readYamlDocuments(
  text: string,
  source: string,
): { documents: YamlDocument[]; problems: DocumentProblem[] } {
  const whole = (code: ReasonCode, message: string, place?: Located) => ({
    documents: [],
    problems: [{ code, message, source, ...place }],
  });
  if (isTooLarge(text)) {
    return whole('documentTooLarge', 'expected at most 1 MiB');
  }
  const lineCounter = new LineCounter();
  const shape = findShapeProblem(text);
  if (shape) {
    return whole(
      'documentMalformed',
      shape.message,
      position(text, shape.offset),
    );
  }
  const parsed = parseAllDocuments(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    merge: false,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'error',
    lineCounter,
  });
  const documents: Document.Parsed[] = [...parsed];
  // A text without documents, for instance of directives only, has its errors beside them.
  const streams = 'empty' in parsed ? [parsed] : documents;
  const errors = streams.flatMap(stream =>
    yamlErrors(stream, lineCounter, source),
  );
  const problems =
    errors.length > 0
      ? errors
      : documents.flatMap(document =>
          forbiddenNodes(document, lineCounter, source),
        );
  return {
    problems,
    documents:
      problems.length > 0
        ? []
        : readable(documents, { lineCounter, source, text }),
  };
}

function isTooLarge(text: string): boolean {
  return (
    text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES
  );
}

function position(text: string, offset: number): Located {
  const before = text.slice(0, offset).split('\n');
  return {
    line: before.length,
    column: before[before.length - 1].length + 1,
  };
}

/** The text of a source with the means to count its lines. */
type SourceText = { lineCounter: LineCounter; source: string; text: string };

function readable(
  documents: Document.Parsed[],
  sourceText: SourceText,
): YamlDocument[] {
  return documents
    .map(document => ({
      value: document.toJS({ maxAliasCount: 0 }) as unknown,
      locate: (problem: ValueProblem): DocumentProblem => ({
        code: problem.code,
        message: problem.message,
        source: sourceText.source,
        ...placeOf(document, problem, sourceText),
        path: formatPath(problem.path),
      }),
    }))
    .filter(({ value }) => value !== null);
}

function yamlErrors(
  stream: Pick<Document.Parsed, 'errors' | 'warnings'>,
  lineCounter: LineCounter,
  source: string,
): DocumentProblem[] {
  return [...stream.errors, ...stream.warnings].map(error => ({
    code:
      error.code === 'DUPLICATE_KEY'
        ? ('documentKeyDuplicate' as const)
        : ('documentMalformed' as const),
    message: error.message,
    source,
    ...at(error.pos[0], lineCounter),
  }));
}

function forbiddenNodes(
  document: Document.Parsed,
  lineCounter: LineCounter,
  source: string,
): DocumentProblem[] {
  const found: DocumentProblem[] = [];
  visit(document, {
    Node(_key, node) {
      const name = isAlias(node)
        ? `the alias "*${node.source}"`
        : 'anchor' in node && node.anchor && `the anchor "&${node.anchor}"`;
      if (name) {
        found.push({
          code: 'documentAliasNotAllowed',
          message: `expected a value, got ${name}`,
          source,
          // The parser gives every node of a text its place.
          ...at(node.range![0], lineCounter),
        });
      }
    },
  });
  return found;
}

function at(offset: number, lineCounter: LineCounter): Located {
  const { line, col } = lineCounter.linePos(offset);
  return { line, column: col };
}

/** The nearest thing on the path that stands in the text: a missing key is shown at its mapping. */
function placeOf(
  document: Document.Parsed,
  { path, atKey, offset }: ValueProblem,
  { lineCounter, text }: SourceText,
): Located {
  for (let length = path.length; length > 0; length -= 1) {
    const node =
      atKey && length === path.length
        ? keyNode(document, path)
        : document.getIn(path.slice(0, length), true);
    if (isNode(node)) {
      const inside =
        offset !== undefined && length === path.length
          ? offsetInScalar({ node, source: text, offset })
          : undefined;
      return at(inside ?? node.range![0], lineCounter);
    }
  }
  return at(document.contents!.range[0], lineCounter);
}

/** The schema found the key, so it stands in the mapping its path leads to. */
function keyNode(document: Document.Parsed, path: (string | number)[]) {
  const parent = (
    path.length > 1
      ? document.getIn(path.slice(0, -1), true)
      : document.contents
  ) as YAMLMap<Node>;
  return parent.items.find(({ key }) => String(key) === path[path.length - 1])
    ?.key;
}
