import {
  compareResourceVersions,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { batches } from './batches';
import { createBreather } from './breather';
import { ClusterReadError } from './ClusterReadError';
import { OpenProblems } from './OpenProblems';
import { ReflectorState } from './ReflectorState';
import { ReflectorTarget } from './ReflectorTarget';
import { ResourceReader } from './ResourceReader';
import { usableObjects } from './usableObjects';

const WRITE_BATCH = 200;
const PARALLEL_GETS = 6;

/**
 * An object to read once more.
 *
 * @public
 */
export type ObjectName = { uid: string; namespace?: string; name: string };

/**
 * Writes objects as they are read, and keeps their versions and what is wrong with them.
 *
 * @internal
 */
export class ObjectReads {
  readonly versions: Map<string, string>;
  readonly problems: OpenProblems;
  /** Whether what is known to be wrong has changed. */
  judged = false;
  readonly #reader: ResourceReader;
  readonly #target: ReflectorTarget;
  readonly #state: ReflectorState;

  constructor(options: {
    reader: ResourceReader;
    target: ReflectorTarget;
    state: ReflectorState;
    versions: Map<string, string>;
    problems: OpenProblems;
  }) {
    this.versions = options.versions;
    this.problems = options.problems;
    this.#reader = options.reader;
    this.#target = options.target;
    this.#state = options.state;
  }

  /** Writes listed items; those that are no objects of the resource are problems. */
  async write(items: unknown[]): Promise<void> {
    const breathe = createBreather();
    const { objects, problems } = usableObjects(items, this.#reader);
    this.problems.add(problems);
    this.judged ||= problems.length > 0;
    for (const batch of batches(objects, WRITE_BATCH)) {
      const found = (await this.#target.upsert(batch)) ?? [];
      for (const { metadata } of batch) {
        this.versions.set(metadata.uid, metadata.resourceVersion);
        this.#state.place(metadata);
      }
      const uids = batch.map(({ metadata }) => metadata.uid);
      this.judged = this.problems.judge(uids, found) || this.judged;
      await breathe();
    }
  }

  /** Reads objects by name and writes them. Returns those that could not be read, or are gone. */
  async fetch(
    objects: readonly ObjectName[],
    signal: AbortSignal,
  ): Promise<ObjectName[]> {
    const unread: ObjectName[] = [];
    for (const batch of batches(objects, PARALLEL_GETS)) {
      const fetched = await Promise.all(
        batch.map(object => this.#fetchOne(object, signal)),
      );
      // A watch may have shown a newer one meanwhile, which waits to be written.
      await this.write(
        fetched.filter(object => object && !this.#isOlder(object)),
      );
      unread.push(...batch.filter((_, index) => !fetched[index]));
    }
    return unread;
  }

  async #fetchOne(
    { uid, ...named }: ObjectName,
    signal: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    try {
      const object = await this.#reader.get(named, signal);
      if (object === undefined) {
        // Removed since the list, as the watch from that list on will tell: one 404 alone removes nothing.
        await this.#target.touch([uid]);
      }
      return object;
    } catch (error) {
      const ofThisObject =
        error instanceof ClusterReadError &&
        ['answerTooLarge', 'malformedAnswer'].includes(error.reason);
      if (!ofThisObject) {
        throw error;
      }
      const { reason, message } = error;
      // Without uid: the answer was bad, which says nothing of this version of the object.
      this.problems.add([{ reason, message: `${named.name}: ${message}` }]);
      this.judged = true;
      // What is stored of it stays (L8); it is asked for again at the next list.
      await this.#target.touch([uid]);
      return undefined;
    }
  }

  #isOlder({ metadata: { uid, resourceVersion } }: KubernetesObject): boolean {
    const known = this.versions.get(uid);
    return (
      known !== undefined &&
      compareResourceVersions(resourceVersion, known) === -1
    );
  }
}
