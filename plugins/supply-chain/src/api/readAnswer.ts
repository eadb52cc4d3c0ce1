import { ResponseError } from '@backstage/errors';

/** The answer of a generated client. */
type Answer<T> = { ok: boolean; json(): Promise<T> };

async function requireSuccess(answer: { ok: boolean }): Promise<void> {
  if (!answer.ok) {
    throw await ResponseError.fromResponse(answer as unknown as Response);
  }
}

/** What was answered; throws a `ResponseError` when the answer is not a success. */
export async function readAnswer<T>(answer: Answer<T>): Promise<T> {
  await requireSuccess(answer);
  return answer.json();
}

/** The bytes that were answered; throws as {@link readAnswer} does, and when the answer ends before its time. */
export async function readFile(answer: {
  ok: boolean;
  blob(): Promise<Blob>;
}): Promise<Blob> {
  await requireSuccess(answer);
  return answer.blob();
}

/** An empty filter is no filter; the template would write it out as `search=`. */
export function withoutEmpty<T extends object>(query: T): T {
  return Object.fromEntries(
    Object.entries(query).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  ) as T;
}
