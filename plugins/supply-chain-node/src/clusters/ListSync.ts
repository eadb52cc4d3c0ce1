import { createBreather } from './breather';
import { ClusterReadError } from './ClusterReadError';
import {
  compareResourceVersions,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { expectSameList, ListPage } from './listItems';
import { Listed, listMetadata, ScopeListing } from './listMetadata';
import { ReflectorState } from './ReflectorState';
import { ObjectProblem, ReflectorTarget } from './ReflectorTarget';
import { ResourceReader, Scope } from './ResourceReader';
import { usableObjects } from './usableObjects';

const FIRST_LIMIT = 50;
const MAX_LIMIT = 2_000;
const WRITE_BATCH = 200;
/** With more changes than this, a paged list is cheaper than one request for each. */
const MAX_SINGLE_GETS = 200;
const PARALLEL_GETS = 6;
const MAX_RESTARTS = 3;
/** A replica that lags catches up; a list that stays older is of a cluster restored from a backup. */
const MAX_OLDER_LISTS = 5;

/**
 * An object to read once more.
 *
 * @public
 */
export type ObjectName = { uid: string; namespace?: string; name: string };

/**
 * Brings a target into step with a cluster by listing.
 *
 * @internal
 */
export class ListSync {
  readonly #reader: ResourceReader;
  readonly #target: ReflectorTarget;
  readonly #state: ReflectorState;
  readonly #pageBytes: number;
  #problems: ObjectProblem[] = [];
  #limit = FIRST_LIMIT;
  readonly #olderLists = new Map<Scope, number>();

  constructor(options: {
    reader: ResourceReader;
    target: ReflectorTarget;
    state: ReflectorState;
    /** @defaultValue 4 MB: the size of a page that is aimed at */
    pageBytes?: number;
  }) {
    this.#reader = options.reader;
    this.#target = options.target;
    this.#state = options.state;
    this.#pageBytes = options.pageBytes ?? 4 * 1024 * 1024;
  }

  /** Reads every object, page by page. */
  async full(signal: AbortSignal): Promise<ObjectProblem[]> {
    for (let restarts = 0; ; restarts += 1) {
      try {
        return await this.#fullOnce(signal);
      } catch (error) {
        // Pages of one list belong to one revision, which the server may drop before the last page.
        const expired = error instanceof ClusterReadError && error.expired;
        if (!expired || restarts >= MAX_RESTARTS) {
          throw error;
        }
      }
    }
  }

  /** Reads metadata and then only what changed. */
  async changes(signal: AbortSignal): Promise<ObjectProblem[]> {
    if (this.#reader.form === 'metadata') {
      return this.full(signal);
    }
    this.#problems = [];
    const reader = this.#reader;
    const listings = new Map<Scope, ScopeListing>();
    for (const scope of this.#state.scopes) {
      const reached = this.#state.reached(scope);
      const listing = await listMetadata({ reader, scope, reached, signal });
      this.#expectCurrent(scope, listing.position);
      this.#report(listing.problems);
      listings.set(scope, listing);
    }
    const { same, changed } = this.#compare(listings.values());
    if (changed.length > MAX_SINGLE_GETS) {
      return this.full(signal);
    }
    await this.#target.beginFullSync();
    for (const batch of batches(same)) {
      await this.#target.touch(batch.map(({ uid }) => uid));
    }
    const versions = new Map(
      same.map(({ uid, resourceVersion }) => [
        uid,
        this.#state.versions.get(uid) ?? resourceVersion,
      ]),
    );
    for (const batch of batches(changed, PARALLEL_GETS)) {
      await this.#fetch(batch, versions, signal);
    }
    const positions = [...listings].map(
      ([scope, { position }]) => [scope, position] as const,
    );
    return this.#complete(versions, new Map(positions));
  }

  /** Reads single objects again and writes them, whatever is known of them. */
  async again(
    objects: ObjectName[],
    signal: AbortSignal,
  ): Promise<ObjectProblem[]> {
    this.#problems = [];
    for (const batch of batches(objects, PARALLEL_GETS)) {
      const unread = await this.#fetch(batch, this.#state.versions, signal);
      // Its version is what the next list compares with: forgotten, the object is asked for again.
      unread.forEach(({ uid }) => this.#state.versions.delete(uid));
    }
    return this.#problems;
  }

  async #fullOnce(signal: AbortSignal): Promise<ObjectProblem[]> {
    this.#problems = [];
    const versions = new Map<string, string>();
    const positions = new Map<Scope, string>();
    await this.#target.beginFullSync();
    for (const scope of this.#state.scopes) {
      for await (const page of this.#pages(scope, signal)) {
        this.#expectCurrent(scope, page.resourceVersion);
        const items = await this.#itemsOf(page);
        await this.#write(items, versions);
        positions.set(scope, positions.get(scope) ?? page.resourceVersion);
      }
    }
    return this.#complete(versions, positions);
  }

  /** Refuses a list from before what is known: what is missing in it may well exist. */
  #expectCurrent(scope: Scope, resourceVersion: string): void {
    const reached = this.#state.reached(scope);
    const older =
      reached !== undefined &&
      compareResourceVersions(resourceVersion, reached) === -1;
    const inRow = older ? (this.#olderLists.get(scope) ?? 0) + 1 : 0;
    this.#olderLists.set(scope, inRow);
    if (inRow > 0 && inRow <= MAX_OLDER_LISTS) {
      throw new ClusterReadError(
        'malformedAnswer',
        `the list of ${
          this.#reader.resource
        } is of version ${resourceVersion}, older than ${reached} read before`,
      );
    }
  }

  async #complete(
    versions: Map<string, string>,
    positions: Map<Scope, string>,
  ): Promise<ObjectProblem[]> {
    this.#state.versions = versions;
    this.#state.positions = positions;
    await this.#target.completeFullSync(this.#state.resumePoint());
    return this.#problems;
  }

  /** The pages of a list; each is asked for while the one before is written. */
  async *#pages(scope: Scope, signal: AbortSignal): AsyncGenerator<ListPage> {
    let next: Promise<ListPage> | undefined = this.#nextPage(
      scope,
      undefined,
      signal,
    );
    let first: ListPage | undefined;
    while (next) {
      const page: ListPage = await next;
      first = expectSameList(first, page);
      const { continueToken } = page;
      next = continueToken
        ? this.#nextPage(scope, continueToken, signal)
        : undefined;
      // Its failure is met at the next turn; when a write fails before that, that failure is the one to report.
      next?.catch(() => undefined);
      yield page;
    }
  }

  async #nextPage(
    scope: Scope,
    continueToken: string | undefined,
    signal: AbortSignal,
  ): Promise<ListPage> {
    const { form } = this.#reader;
    for (;;) {
      const limit = this.#limit;
      try {
        const page = await this.#reader.page({
          scope,
          form,
          limit,
          continueToken,
          signal,
        });
        if (Array.isArray(page.items)) {
          this.#adaptLimit(page.bytes, page.items);
        }
        return page;
      } catch (error) {
        if (!isTooLarge(error) || limit === 1) {
          throw error;
        }
        this.#lowerLimit(limit);
      }
    }
  }

  /** Of a page that is read elsewhere the number of items is told late: the next one is on its way by then. */
  async #itemsOf({ items, bytes }: ListPage): Promise<unknown[]> {
    if (Array.isArray(items)) {
      return items;
    }
    try {
      const read = await items;
      this.#adaptLimit(bytes, read);
      return read;
    } catch (error) {
      // The whole list is asked for again then, in smaller pages.
      if (isTooLarge(error)) {
        this.#lowerLimit(this.#limit);
      }
      throw error;
    }
  }

  #lowerLimit(limit: number): void {
    this.#limit = Math.max(1, limit >> 3);
  }

  #adaptLimit(bytes: number, items: unknown[]): void {
    if (items.length > 0) {
      const fitting = Math.floor((this.#pageBytes * items.length) / bytes);
      this.#limit = Math.min(MAX_LIMIT, Math.max(1, fitting));
    }
  }

  async #write(items: unknown[], versions: Map<string, string>): Promise<void> {
    const breathe = createBreather();
    const { objects, problems } = usableObjects(items, this.#reader);
    this.#report(problems);
    for (const batch of batches(objects)) {
      const found = (await this.#target.upsert(batch)) ?? [];
      this.#report(found);
      batch.forEach(({ metadata: { uid, resourceVersion } }) =>
        versions.set(uid, resourceVersion),
      );
      found.forEach(({ uid }) => uid && versions.delete(uid));
      await breathe();
    }
  }

  #report(problems: ObjectProblem[]): void {
    this.#problems.push(...problems);
  }

  #compare(listings: Iterable<ScopeListing>): {
    same: Listed[];
    changed: Listed[];
  } {
    const same: Listed[] = [];
    const changed: Listed[] = [];
    for (const { listed, consistent } of listings) {
      for (const object of listed) {
        const known = this.#state.versions.get(object.uid);
        const order =
          known && compareResourceVersions(object.resourceVersion, known);
        // A cache behind us shows an older object; only etcd itself may take a version back.
        const current = order === 0 || (order === -1 && !consistent);
        (current ? same : changed).push(object);
      }
    }
    return { same, changed };
  }

  async #fetch(
    batch: ObjectName[],
    versions: Map<string, string>,
    signal: AbortSignal,
  ): Promise<ObjectName[]> {
    const fetched = await Promise.all(
      batch.map(listed => this.#fetchOne(listed, signal)),
    );
    await this.#write(
      fetched.filter(
        object =>
          object &&
          // A watch may have shown a newer one meanwhile, which waits to be written.
          !isOlder(object, versions),
      ),
      versions,
    );
    return batch.filter((_, index) => fetched[index] === undefined);
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
      this.#report([{ reason, message: `${named.name}: ${message}` }]);
      // What is stored of it stays (L8); it is asked for again at the next list.
      await this.#target.touch([uid]);
      return undefined;
    }
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ClusterReadError && error.reason === 'answerTooLarge';
}

function isOlder(
  { metadata: { uid, resourceVersion } }: KubernetesObject,
  versions: ReadonlyMap<string, string>,
): boolean {
  const known = versions.get(uid);
  return (
    known !== undefined &&
    compareResourceVersions(resourceVersion, known) === -1
  );
}

function* batches<T>(list: T[], size = WRITE_BATCH): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) {
    yield list.slice(start, start + size);
  }
}
