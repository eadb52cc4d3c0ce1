import { Material } from '../types';
import { ValueProblem } from './documentProblem';
import { TufReference, TufTarget } from './tufReference';

/**
 * Reads a file a document names, by its path relative to the document.
 *
 * @public
 */
export type ReadDocumentFile = (
  relativePath: string,
) => { ok: true; content: string } | { ok: false; message: string };

/** Where a document came from and what it may read. */
export type DocumentContext = {
  /** A path or an address, for messages. */
  source: string;
  fromUrl: boolean;
  readFile: ReadDocumentFile;
  /** What was fetched of a TUF repository; absent: nothing ever is. */
  readTuf?: (reference: TufReference) => TufTarget | undefined;
};

/** Material as a document names it. */
export type MaterialReference = { file: string } | { inline: string };

/** Content of material or why there is none. */
export type MaterialResult =
  | { ok: true; material: Material }
  | { ok: false; problem: ValueProblem };

/** Reads inline or file material; files stay inside the folder of their document (L28). */
export function readMaterial(options: {
  reference: MaterialReference;
  path: (string | number)[];
  context: DocumentContext;
}): MaterialResult {
  const { reference, path, context } = options;
  if ('inline' in reference) {
    return {
      ok: true,
      material: { content: reference.inline, source: context.source },
    };
  }
  const filePath = [...path, 'file'];
  const refuse = (
    code: ValueProblem['code'],
    message: string,
  ): MaterialResult => ({
    ok: false,
    problem: { code, message, path: filePath },
  });
  if (context.fromUrl) {
    return refuse(
      'documentFileFromUrl',
      `expected inline content, got the local file "${reference.file}"`,
    );
  }
  const relative = containedPath(reference.file);
  if (relative === undefined) {
    return refuse(
      'documentPathOutside',
      `expected a relative path inside the folder of the document, got "${reference.file}"`,
    );
  }
  const read = context.readFile(relative);
  return read.ok
    ? { ok: true, material: { content: read.content, source: relative } }
    : refuse(
        'documentFileMissing',
        `the file "${relative}" cannot be read: ${read.message}`,
      );
}

/** The path without `.` and `..`, or `undefined` when it is not relative or leads outside. */
function containedPath(path: string): string | undefined {
  // Backslashes and drive letters are paths on some systems and names on others: neither is wanted.
  // eslint-disable-next-line no-control-regex
  if (path === '' || /^[/~]|^[a-z]+:|[\\\u0000-\u001f]/i.test(path)) {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) {
        return undefined;
      }
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.length > 0 ? parts.join('/') : undefined;
}
