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

/** What the parts of one writer share. */
type Shared<T> = {
  writer: Pick<SourceWriter<T>, 'knownVersions' | 'upsert' | 'remove'>;
  point(name: string): string | undefined;
  setPoint(name: string, resourceVersion: string | undefined): void;
  savePoints(): Promise<void>;
  complete(): Promise<void>;
};

class Part<T extends { uid: string }> implements WriterPart<T> {
  readonly #name: string;
  readonly #shared: Shared<T>;
  #seen: Set<string> | undefined;

  constructor(name: string, shared: Shared<T>) {
    this.#name = name;
    this.#shared = shared;
  }

  async resumePoint(): Promise<ResumePoint | undefined> {
    const resourceVersion = this.#shared.point(this.#name);
    return resourceVersion === undefined ? undefined : { resourceVersion };
  }

  async knownVersions(): Promise<Map<string, string>> {
    const prefix = this.#keyOf('');
    const all = await this.#shared.writer.knownVersions();
    return new Map(
      [...all]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, version]) => [key.slice(prefix.length), version]),
    );
  }

  async beginFullSync(): Promise<void> {
    this.#seen = new Set();
  }

  async upsert(items: T[]): Promise<void> {
    items.forEach(({ uid }) => this.#seen?.add(uid));
    await this.#shared.writer.upsert(
      items.map(item => ({ ...item, uid: this.#keyOf(item.uid) })),
    );
  }

  async touch(uids: string[]): Promise<void> {
    uids.forEach(uid => this.#seen?.add(uid));
  }

  async remove(uids: string[]): Promise<void> {
    uids.forEach(uid => this.#seen?.delete(uid));
    await this.#shared.writer.remove(uids.map(uid => this.#keyOf(uid)));
  }

  async completeFullSync(point: ResumePoint): Promise<void> {
    const seen = this.#seen;
    if (!seen) {
      throw new Error('Expected `beginFullSync` before `completeFullSync`');
    }
    const known = await this.knownVersions();
    await this.remove([...known.keys()].filter(uid => !seen.has(uid)));
    this.#seen = undefined;
    this.#shared.setPoint(this.#name, point.resourceVersion);
    await this.#shared.complete();
  }

  async saveResumePoint(point: ResumePoint): Promise<void> {
    this.#shared.setPoint(this.#name, point.resourceVersion);
    await this.#shared.savePoints();
  }

  async clear(): Promise<void> {
    await this.remove([...(await this.knownVersions()).keys()]);
    this.#shared.setPoint(this.#name, undefined);
    await this.#shared.complete();
  }

  #keyOf(uid: string): string {
    return `${this.#name}/${uid}`;
  }
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
  #writes: Promise<unknown> = Promise.resolve();

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
    return new Part(name, {
      writer: {
        knownVersions: () => this.#writer.knownVersions(),
        upsert: items => this.#inLine(() => this.#writer.upsert(items)),
        remove: uids => this.#inLine(() => this.#writer.remove(uids)),
      },
      point: of => this.#points.get(of),
      setPoint: (of, resourceVersion) => {
        if (resourceVersion === undefined) {
          this.#points.delete(of);
        } else {
          this.#points.set(of, resourceVersion);
        }
      },
      savePoints: () => this.#writer.saveResumePoint(this.#combined()),
      complete: () => this.#complete(),
    });
  }

  /**
   * Ends a full sync of the source in which everything stored is seen: the parts remove what is gone themselves. No
   * other part may write meanwhile: what began before the sync and lands within it would be taken for unseen.
   */
  #complete(): Promise<void> {
    return this.#inLine(async () => {
      await this.#writer.beginFullSync();
      const known = await this.#writer.knownVersions();
      await this.#writer.touch([...known.keys()]);
      await this.#writer.completeFullSync(this.#combined());
    });
  }

  #inLine(work: () => Promise<void>): Promise<void> {
    const done = this.#writes.then(work);
    // The caller gets the error; the next in line only needs to know that this one is over.
    this.#writes = done.catch(() => undefined);
    return done;
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
