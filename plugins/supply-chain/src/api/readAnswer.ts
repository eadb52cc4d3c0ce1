import { ResponseError } from '@backstage/errors';

/** The answer of a generated client. */
type Answer<T> = { ok: boolean; json(): Promise<T> };

/** What was answered; throws a `ResponseError` when the answer is not a success. */
export async function readAnswer<T>(answer: Answer<T>): Promise<T> {
  if (!answer.ok) {
    throw await ResponseError.fromResponse(answer as unknown as Response);
  }
  return answer.json();
}

/** An empty filter is no filter; the template would write it out as `search=`. */
export function withoutEmpty<T extends object>(query: T): T {
  return Object.fromEntries(
    Object.entries(query).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  ) as T;
}
