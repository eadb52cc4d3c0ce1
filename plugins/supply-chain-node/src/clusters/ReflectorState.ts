import { ResumePoint } from '../feeds';
import {
  compareResourceVersions,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { ClusterReadError } from './ClusterReadError';
import { OpenProblems } from './OpenProblems';
import { ReflectorTarget } from './ReflectorTarget';
import { formatPoint, parsePoint } from './resumePoints';
import { Scope } from './ResourceReader';

/**
 * What a reflector does next.
 *
 * @internal
 */
export type NextStep = 'fullList' | 'changedList' | 'probe';

/**
 * What a reflector knows of its cluster: the version of every object, the point each of its watches has reached, and
 * what could not be read.
 *
 * @internal
 */
export class ReflectorState {
  /** Of what was refused too: the same version is not asked for again. */
  versions = new Map<string, string>();
  positions = new Map<Scope, string>();
  problems = new OpenProblems();
  /** Namespaces that may not be read, while others may. */
  forbidden: ReadonlyMap<Scope, ClusterReadError> = new Map();
  readonly scopes: readonly Scope[];
  readonly #key: string;
  /** Where each object lies; kept only with several namespaces, as far as it is known. */
  readonly #places = new Map<string, Scope>();
  /** The newest version an earlier run has stored, when there is no point to go on from. */
  #newestStored: string | undefined;

  constructor(options: {
    namespaces?: readonly string[];
    /** Stored points of another key are of no use: another form or another choice of namespaces. */
    resumeKey: string;
  }) {
    const { namespaces } = options;
    this.scopes = namespaces?.length ? [...new Set(namespaces)] : [undefined];
    this.#key = [options.resumeKey, ...this.scopes].join(',');
  }

  get readableScopes(): Scope[] {
    return this.scopes.filter(scope => !this.forbidden.has(scope));
  }

  /** Takes over what an earlier run stored, and tells what there is to do first. */
  async resume(target: ReflectorTarget): Promise<NextStep> {
    const stored = (await target.resumePoint())?.resourceVersion;
    const known = await target.knownVersions();
    const point = stored ? parsePoint(stored, this.#key) : undefined;
    if (!point) {
      this.#newestStored = newestOf(known.values());
      return 'fullList';
    }
    const { resourceVersion, inDoubt, refused } = point;
    this.versions = known;
    this.scopes.forEach(scope => this.positions.set(scope, resourceVersion));
    if (refused === 'all') {
      return 'fullList';
    }
    // They are asked for again, so that what is wrong with them is named again.
    refused.forEach(uid => this.versions.delete(uid));
    return inDoubt ? 'changedList' : 'probe';
  }

  /** The version a scope was read up to, as far as is known: no list from before it is to be trusted. */
  reached(scope: Scope): string | undefined {
    return this.positions.get(scope) ?? this.#newestStored;
  }

  /** The point all watches have passed. Repeated events are harmless, missed ones are not. */
  resumePoint(): ResumePoint {
    const oldest = [...this.positions]
      .filter(([scope]) => !this.forbidden.has(scope))
      .map(([, position]) => position)
      .reduce((left, right) =>
        (compareResourceVersions(left, right) ?? 0) <= 0 ? left : right,
      );
    const content = {
      resourceVersion: oldest,
      inDoubt: this.problems.hasOfNoObject || this.forbidden.size > 0,
      refused: this.problems.objects,
    };
    return { resourceVersion: formatPoint(content, this.#key) };
  }

  /** Whether this version tells nothing new of the object: a repetition, or older than what is known. */
  isOld(uid: string, resourceVersion: string): boolean {
    const known = this.versions.get(uid);
    return (
      known !== undefined &&
      (compareResourceVersions(resourceVersion, known) ?? 1) <= 0
    );
  }

  /** Whether more is known of the object than this version. */
  isNewer(uid: string, resourceVersion: string): boolean {
    const known = this.versions.get(uid);
    return (
      known !== undefined &&
      compareResourceVersions(resourceVersion, known) === -1
    );
  }

  /** What the next list finds changed, whatever its version is. */
  forget(uids: readonly string[]): void {
    uids.forEach(uid => this.versions.delete(uid));
    this.problems.forget(uids);
  }

  place({
    uid,
    namespace,
  }: Pick<KubernetesObject['metadata'], 'uid' | 'namespace'>): void {
    if (this.scopes.length > 1) {
      this.#places.set(uid, namespace);
    }
  }

  /** Whether an object may lie in a namespace that cannot be read: it does, or nobody knows where it is. */
  mayBeHidden(uid: string, forbidden: ReadonlyMap<Scope, unknown>): boolean {
    return !this.#places.has(uid) || forbidden.has(this.#places.get(uid));
  }

  /** Of what is gone nothing is kept. */
  forgetPlaces(): void {
    for (const uid of this.#places.keys()) {
      if (!this.versions.has(uid)) {
        this.#places.delete(uid);
      }
    }
  }
}

function newestOf(versions: Iterable<string>): string | undefined {
  let newest: string | undefined;
  for (const version of versions) {
    if (!newest || compareResourceVersions(version, newest) === 1) {
      newest = version;
    }
  }
  return newest;
}
