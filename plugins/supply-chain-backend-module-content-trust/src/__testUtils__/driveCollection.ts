import {
  CollectionQuestion,
  CollectionResult,
  verifyCollection,
} from '../verify';

/** Where the files of a collection come from. */
export type FileSource = (
  name: string,
  sha256?: string,
) => Uint8Array | undefined;

/** Verifies a collection with the files at hand. */
export function driveCollection(
  question: CollectionQuestion,
  source: FileSource,
): CollectionResult {
  const steps = verifyCollection(question);
  let step = steps.next();
  while (!step.done) {
    const { name, sha256 } = step.value;
    step = steps.next(source(name, sha256) ?? 'missing');
  }
  return step.value;
}

/** The reason of a refusal, or the outcome. */
export function reasonOf(result: CollectionResult): string {
  return result.outcome === 'refused' ? result.reason : result.outcome;
}

/** `role tag digest` of every tag that was accepted. */
export function tagsOf(result: CollectionResult): string[] {
  return result.outcome === 'accepted'
    ? result.collection.roles.flatMap(({ tags }) =>
        tags.map(({ role, tag, digest }) => `${role} ${tag} ${digest}`),
      )
    : [];
}
