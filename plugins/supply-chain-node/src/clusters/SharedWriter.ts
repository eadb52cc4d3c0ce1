import { isRecord } from 'backstage-plugin-supply-chain-common';
import { ResumePoint, SourceWriter } from '../feeds';

/**
 * One part of a {@link SharedWriter}: a writer of its own, as far as its reflector can tell.
 *
 * @public
 */
export interface WriterPart<T> extends SourceWriter<T> {
  /** Removes everything of the part, and where it left off: there is nothing to read any more. */
  clear(): Promise<void>;
}

/**
 * Lets several reflectors write to one source: a full sync of one of them removes nothing of the others, and each goes
 * on from where it left off itself. The uid of a stored item is `<part>/<uid>`.
 *
 * @public
 */
export class SharedWriter<T extends { uid: string }> {
  readonly #writer: SourceWriter<T>;
  readonly #points: Map<string, string>;
  #completing: Promise<unknown> = Promise.resolve();

  static async create<T extends { uid: string }>(
    writer: SourceWriter<T>,
  ): Promise<SharedWriter<T>> {
    return new SharedWriter(writer, parsePoints(await writer.resumePoint()));
  }

  private constructor(writer: SourceWriter<T>, points: Map<string, string>) {
    this.#writer = writer;
    this.#points = points;
  }

  /** The part of a name without `/`. */
  part(name: string): WriterPart<T> {
    const prefix = `${name}/`;
    const writer = this.#writer;
    const keysOf = (uids: Iterable<string>) =>
      [...uids].map(uid => `${prefix}${uid}`);
    const knownVersions = async () =>
      new Map(
        [...(await writer.knownVersions())]
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, version]) => [key.slice(prefix.length), version]),
      );
    let seen: Set<string> | undefined;
    const see = (uids: string[]) => uids.forEach(uid => seen?.add(uid));
    return {
      knownVersions,
      resumePoint: async () => {
        const resourceVersion = this.#points.get(name);
        return resourceVersion === undefined ? undefined : { resourceVersion };
      },
      beginFullSync: async () => {
        seen = new Set();
      },
      upsert: async items => {
        see(items.map(({ uid }) => uid));
        await writer.upsert(
          items.map(item => ({ ...item, uid: `${prefix}${item.uid}` })),
        );
      },
      touch: async uids => see(uids),
      remove: async uids => {
        uids.forEach(uid => seen?.delete(uid));
        await writer.remove(keysOf(uids));
      },
      completeFullSync: async point => {
        const kept = seen;
        seen = undefined;
        const gone = [...(await knownVersions()).keys()].filter(
          uid => !kept?.has(uid),
        );
        await writer.remove(keysOf(gone));
        this.#points.set(name, point.resourceVersion);
        await this.#complete();
      },
      saveResumePoint: async point => {
        this.#points.set(name, point.resourceVersion);
        await writer.saveResumePoint(this.#combined());
      },
      clear: async () => {
        await writer.remove(keysOf((await knownVersions()).keys()));
        this.#points.delete(name);
        await this.#complete();
      },
    };
  }

  /**
   * Ends a full sync of the source in which everything stored is seen: the parts remove what is gone themselves. What
   * another part writes meanwhile is seen as well, because the sync begins before the list is read.
   */
  #complete(): Promise<void> {
    const completed = this.#completing.then(async () => {
      await this.#writer.beginFullSync();
      const known = await this.#writer.knownVersions();
      await this.#writer.touch([...known.keys()]);
      await this.#writer.completeFullSync(this.#combined());
    });
    // The caller gets the error; the next in line only needs to know that this one is over.
    this.#completing = completed.catch(() => undefined);
    return completed;
  }

  #combined(): ResumePoint {
    const points = Object.fromEntries(this.#points);
    return { resourceVersion: JSON.stringify(points) };
  }
}

function parsePoints(point: ResumePoint | undefined): Map<string, string> {
  const points = parseJson(point?.resourceVersion ?? '{}');
  return new Map(
    Object.entries(isRecord(points) ? points : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A point of another kind of writer: everything is read anew.
    return undefined;
  }
}
