import { ReasonCode } from '../../model/reasonCodes';

/**
 * Why a document does not load.
 *
 * @public
 */
export type DocumentProblem = {
  code: ReasonCode;
  /** One English sentence; quotes the document, so hostile (L32). */
  message: string;
  /** Where the document came from: a path or an address. */
  source: string;
  /** Counted from 1; absent when it concerns the whole source. */
  line?: number;
  column?: number;
  /** Path of the value inside the document, for instance `spec.rules[2].use`. */
  path?: string;
};

/** A problem before its place in the text is known. */
export type ValueProblem = {
  code: ReasonCode;
  message: string;
  path: (string | number)[];
  /** The problem is the key at the end of the path, not its value. */
  atKey?: boolean;
  /** Where in the text at the end of the path, counted from 0. */
  offset?: number;
};

/** A path as people write it. */
export function formatPath(path: (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') {
      return `${text}[${part}]`;
    }
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
