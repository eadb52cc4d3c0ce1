import { ValueProblem } from './documentProblem';

/** A part of a document, or why it cannot be read. */
export type ReadResult<T> =
  | { ok: true; value: T }
  | { ok: false; problems: ValueProblem[] };

/** A result with one problem. */
export function refuse<T>(problem: ValueProblem): ReadResult<T> {
  return { ok: false, problems: [problem] };
}

/** All values, or the problems of all that have some. */
export function collectResults<T, P>(
  results: ({ ok: true; value: T } | { ok: false; problems: P[] })[],
): { ok: true; value: T[] } | { ok: false; problems: P[] } {
  const values: T[] = [];
  const problems: P[] = [];
  for (const result of results) {
    if (result.ok) {
      values.push(result.value);
    } else {
      problems.push(...result.problems);
    }
  }
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, value: values };
}
