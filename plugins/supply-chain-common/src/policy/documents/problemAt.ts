import { DocumentProblem } from './documentProblem';
import { PolicyDocument } from './parsePolicyDocuments';

/** A problem that only shows when all documents are seen together. */
export function problemAt(
  { source, line }: Pick<PolicyDocument, 'source' | 'line'>,
  problem: Pick<DocumentProblem, 'code' | 'message' | 'path'>,
): DocumentProblem {
  return { ...problem, source, ...(line !== undefined && { line }) };
}
