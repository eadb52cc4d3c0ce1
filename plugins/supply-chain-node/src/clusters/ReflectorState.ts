import { ResumePoint } from '../feeds';
import { compareResourceVersions } from 'backstage-plugin-supply-chain-common';
import { ReflectorTarget } from './ReflectorTarget';
import { Scope } from './ResourceReader';

/**
 * What a reflector knows of its cluster: the version of every object and the point each of its watches has reached.
 *
 * @internal
 */
export class ReflectorState {
  versions = new Map<string, string>();
  positions = new Map<Scope, string>();
  readonly scopes: readonly Scope[];
  readonly #key: string;
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

  /** Takes over what an earlier run stored; false when there is nothing to go on from. */
  async resume(target: ReflectorTarget): Promise<boolean> {
    const stored = (await target.resumePoint())?.resourceVersion;
    const at = stored?.indexOf('@') ?? -1;
    const known = await target.knownVersions();
    if (!stored || at < 1 || stored.slice(at + 1) !== this.#key) {
      this.#newestStored = newestOf(known.values());
      return false;
    }
    this.versions = known;
    this.scopes.forEach(scope =>
      this.positions.set(scope, stored.slice(0, at)),
    );
    return true;
  }

  /** The version a scope was read up to, as far as is known: no list from before it is to be trusted. */
  reached(scope: Scope): string | undefined {
    return this.positions.get(scope) ?? this.#newestStored;
  }

  /** The point all watches have passed. Repeated events are harmless, missed ones are not. */
  resumePoint(): ResumePoint {
    const oldest = [...this.positions.values()].reduce((left, right) =>
      (compareResourceVersions(left, right) ?? 0) <= 0 ? left : right,
    );
    return { resourceVersion: `${oldest}@${this.#key}` };
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
