import { createBreather } from './breather';
import { ResumePoint, SourceWriter } from '../feeds';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { ObjectProblem, ReflectorTarget } from './ReflectorTarget';

/**
 * What an object of a cluster becomes.
 *
 * - `item`: it is stored; a `problem` with it is named in the health of its source.
 * - `gone`: it exists but no longer counts, such as a pod that has ended.
 * - `malformed`: it cannot be read; what was stored of it stays (L8).
 *
 * @public
 */
export type Converted<T> =
  | { kind: 'item'; item: T; problem?: string }
  | { kind: 'gone' }
  | { kind: 'malformed'; message: string };

/**
 * Stores objects of a cluster as items of a feed.
 *
 * @public
 */
export class ConvertingTarget<T> implements ReflectorTarget {
  readonly #writer: SourceWriter<T>;
  readonly #convert: (
    object: KubernetesObject,
  ) => Converted<T> | Promise<Converted<T>>;

  constructor(options: {
    writer: SourceWriter<T>;
    convert: (object: KubernetesObject) => Converted<T> | Promise<Converted<T>>;
  }) {
    this.#writer = options.writer;
    this.#convert = options.convert;
  }

  async upsert(objects: KubernetesObject[]): Promise<ObjectProblem[]> {
    const items: T[] = [];
    const gone: string[] = [];
    const kept: string[] = [];
    const problems: ObjectProblem[] = [];
    const breathe = createBreather();
    for (const object of objects) {
      await breathe();
      const converted = await this.#convert(object);
      switch (converted.kind) {
        case 'item':
          items.push(converted.item);
          if (converted.problem !== undefined) {
            problems.push(problemOf(object, converted.problem));
          }
          break;
        case 'gone':
          gone.push(object.metadata.uid);
          break;
        default:
          kept.push(object.metadata.uid);
          problems.push(problemOf(object, converted.message));
      }
    }
    await ifAny(items, () => this.#writer.upsert(items));
    await ifAny(gone, () => this.#writer.remove(gone));
    await ifAny(kept, () => this.#writer.touch(kept));
    return problems;
  }

  resumePoint(): Promise<ResumePoint | undefined> {
    return this.#writer.resumePoint();
  }

  beginFullSync(): Promise<void> {
    return this.#writer.beginFullSync();
  }

  remove(uids: string[]): Promise<void> {
    return this.#writer.remove(uids);
  }

  touch(uids: string[]): Promise<void> {
    return this.#writer.touch(uids);
  }

  knownVersions(): Promise<Map<string, string>> {
    return this.#writer.knownVersions();
  }

  completeFullSync(resumePoint: ResumePoint): Promise<void> {
    return this.#writer.completeFullSync(resumePoint);
  }

  saveResumePoint(resumePoint: ResumePoint): Promise<void> {
    return this.#writer.saveResumePoint(resumePoint);
  }
}

/**
 * `namespace/name`, for messages.
 *
 * @internal
 */
export function nameOf({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined
    ? metadata.name
    : `${metadata.namespace}/${metadata.name}`;
}

function problemOf(object: KubernetesObject, message: string): ObjectProblem {
  return {
    reason: 'malformedAnswer',
    message: `${nameOf(object)}: ${message}`,
    uid: object.metadata.uid,
  };
}

async function ifAny(
  list: unknown[],
  write: () => Promise<void>,
): Promise<void> {
  if (list.length > 0) {
    await write();
  }
}
