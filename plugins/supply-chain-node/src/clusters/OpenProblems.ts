import { ObjectProblem } from './ReflectorTarget';

/** More of one list say nothing new. */
const MAX_OF_NO_OBJECT = 1_000;

/**
 * What cannot be used of a resource, as far as is known. Of an object it stands until another version of it is read: the
 * same version would be refused once more. What has no object may be something that was missed; only a list ends it.
 *
 * @internal
 */
export class OpenProblems {
  readonly #ofObjects = new Map<string, ObjectProblem>();
  #ofNoObject: ObjectProblem[] = [];

  get all(): ObjectProblem[] {
    return [...this.#ofNoObject, ...this.#ofObjects.values()];
  }

  /** The uids of the objects that were refused. */
  get objects(): string[] {
    return [...this.#ofObjects.keys()];
  }

  get hasOfNoObject(): boolean {
    return this.#ofNoObject.length > 0;
  }

  of(uid: string): ObjectProblem | undefined {
    return this.#ofObjects.get(uid);
  }

  add(problems: readonly ObjectProblem[]): void {
    for (const problem of problems) {
      if (problem.uid !== undefined) {
        this.#ofObjects.set(problem.uid, problem);
      } else if (this.#ofNoObject.length < MAX_OF_NO_OBJECT) {
        this.#ofNoObject.push(problem);
      }
    }
  }

  /** What a stretch of a watch has lost, in place of what was said before: a watch may lose something all the time. */
  replaceOfNoObject(problems: ObjectProblem[]): void {
    this.#ofNoObject = problems;
  }

  /** Objects were read again, and these problems found. Tells whether anything is different now. */
  judge(uids: Iterable<string>, problems: readonly ObjectProblem[]): boolean {
    const ended = this.forget(uids);
    this.add(problems);
    return ended || problems.length > 0;
  }

  /** Objects are gone, or nothing is known of them any more. Tells whether one of them was refused. */
  forget(uids: Iterable<string>): boolean {
    let ended = false;
    for (const uid of uids) {
      ended = this.#ofObjects.delete(uid) || ended;
    }
    return ended;
  }
}
