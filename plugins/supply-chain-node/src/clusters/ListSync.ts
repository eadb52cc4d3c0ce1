import { compareResourceVersions } from 'backstage-plugin-supply-chain-common';
import { batches } from './batches';
import { ClusterReadError } from './ClusterReadError';
import { Listed, listMetadata, ScopeListing } from './listMetadata';
import { ObjectName, ObjectReads } from './ObjectReads';
import { OpenProblems } from './OpenProblems';
import { PagedLists } from './PagedLists';
import { readScopes } from './readScopes';
import { ReflectorState } from './ReflectorState';
import { ReflectorTarget } from './ReflectorTarget';
import { ResourceReader, Scope } from './ResourceReader';

const TOUCH_BATCH = 200;
/** With more changes than this, a paged list is cheaper than one request for each. */
const MAX_SINGLE_GETS = 200;
const MAX_RESTARTS = 3;
/** A replica that lags catches up; a list that stays older is of a cluster restored from a backup. */
const MAX_OLDER_LISTS = 5;

/** What a list that has come to its end replaces in the state. */
type Outcome = {
  reads: ObjectReads;
  positions: Map<Scope, string>;
  forbidden: Map<Scope, ClusterReadError>;
};

/**
 * Brings a target into step with a cluster by listing.
 *
 * @internal
 */
export class ListSync {
  readonly #reader: ResourceReader;
  readonly #target: ReflectorTarget;
  readonly #state: ReflectorState;
  readonly #lists: PagedLists;
  readonly #olderLists = new Map<Scope, number>();

  constructor(options: {
    reader: ResourceReader;
    target: ReflectorTarget;
    state: ReflectorState;
  }) {
    this.#reader = options.reader;
    this.#target = options.target;
    this.#state = options.state;
    this.#lists = new PagedLists(options.reader);
  }

  /** Reads every object, page by page. */
  async full(signal: AbortSignal): Promise<void> {
    for (let restarts = 0; ; restarts += 1) {
      try {
        await this.#fullOnce(signal);
        return;
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
  async changes(signal: AbortSignal): Promise<void> {
    if (this.#reader.form === 'metadata') {
      await this.full(signal);
      return;
    }
    const listings = new Map<Scope, ScopeListing>();
    const forbidden = await readScopes(this.#state.scopes, async scope => {
      listings.set(scope, await this.#metadataOf(scope, signal));
    });
    const { same, changed } = this.#compare(listings.values());
    if (changed.length > MAX_SINGLE_GETS) {
      await this.full(signal);
      return;
    }
    const reads = this.#newReads();
    await this.#target.beginFullSync();
    await this.#keep(same, reads);
    for (const { problems } of listings.values()) {
      reads.problems.add(problems);
    }
    await reads.fetch(changed, signal);
    const positions = new Map(
      [...listings].map(([scope, { position }]) => [scope, position]),
    );
    await this.#complete({ reads, positions, forbidden });
  }

  /**
   * Reads single objects again and writes them, whatever is known of them. Tells whether what is known to be wrong has
   * changed.
   */
  async again(objects: ObjectName[], signal: AbortSignal): Promise<boolean> {
    const { versions, problems } = this.#state;
    const reads = this.#readsInto({ versions, problems });
    const unread = await reads.fetch(objects, signal);
    // Its version is what the next list compares with: forgotten, the object is asked for again.
    this.#state.forget(unread.map(({ uid }) => uid));
    return reads.judged;
  }

  async #fullOnce(signal: AbortSignal): Promise<void> {
    const reads = this.#newReads();
    const positions = new Map<Scope, string>();
    await this.#target.beginFullSync();
    const forbidden = await readScopes(this.#state.scopes, async scope => {
      for await (const page of this.#lists.pages(scope, signal)) {
        this.#expectCurrent(scope, page.resourceVersion);
        await reads.write(await this.#lists.itemsOf(page));
        positions.set(scope, positions.get(scope) ?? page.resourceVersion);
      }
    });
    await this.#complete({ reads, positions, forbidden });
  }

  async #metadataOf(scope: Scope, signal: AbortSignal): Promise<ScopeListing> {
    const reader = this.#reader;
    const reached = this.#state.reached(scope);
    const listing = await listMetadata({ reader, scope, reached, signal });
    this.#expectCurrent(scope, listing.position);
    return listing;
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

  /** What has the version that is known is still there, and what is wrong with it as well. */
  async #keep(same: Listed[], reads: ObjectReads): Promise<void> {
    await this.#keepStored(
      same.map(({ uid }) => uid),
      reads,
    );
    same.forEach(listed => this.#state.place(listed));
  }

  /** Of a namespace that cannot be read everything stays as it is known (L6). */
  async #keepHidden({ reads, forbidden }: Outcome): Promise<void> {
    const stored = await this.#target.knownVersions();
    const known = new Set([...this.#state.versions.keys(), ...stored.keys()]);
    const hidden = [...known].filter(
      uid =>
        !reads.versions.has(uid) && this.#state.mayBeHidden(uid, forbidden),
    );
    await this.#keepStored(hidden, reads);
  }

  async #keepStored(uids: string[], reads: ObjectReads): Promise<void> {
    const { versions, problems } = this.#state;
    for (const uid of uids) {
      const version = versions.get(uid);
      const problem = problems.of(uid);
      if (version !== undefined) {
        reads.versions.set(uid, version);
      }
      reads.problems.add(problem ? [problem] : []);
    }
    for (const batch of batches(uids, TOUCH_BATCH)) {
      await this.#target.touch(batch);
    }
  }

  async #complete(outcome: Outcome): Promise<void> {
    const { reads, positions, forbidden } = outcome;
    const state = this.#state;
    if (forbidden.size > 0) {
      await this.#keepHidden(outcome);
    }
    for (const scope of forbidden.keys()) {
      const reached = state.positions.get(scope);
      positions.delete(scope);
      if (reached !== undefined) {
        positions.set(scope, reached);
      }
    }
    state.versions = reads.versions;
    state.problems = reads.problems;
    state.positions = positions;
    state.forbidden = forbidden;
    state.forgetPlaces();
    await this.#target.completeFullSync(state.resumePoint());
  }

  #newReads(): ObjectReads {
    return this.#readsInto({
      versions: new Map(),
      problems: new OpenProblems(),
    });
  }

  #readsInto(into: Pick<ObjectReads, 'versions' | 'problems'>): ObjectReads {
    return new ObjectReads({
      ...into,
      reader: this.#reader,
      target: this.#target,
      state: this.#state,
    });
  }
}
