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
    if (!stored || at < 1 || stored.slice(at + 1) !== this.#key) {
      return false;
    }
    this.versions = await target.knownVersions();
    this.scopes.forEach(scope =>
      this.positions.set(scope, stored.slice(0, at)),
    );
    return true;
  }

  /** The point all watches have passed. Repeated events are harmless, missed ones are not. */
  resumePoint(): ResumePoint {
    const oldest = [...this.positions.values()].reduce((left, right) =>
      (compareResourceVersions(left, right) ?? 0) <= 0 ? left : right,
    );
    return { resourceVersion: `${oldest}@${this.#key}` };
  }

  /** Whether an event of a watch tells nothing new: a repetition, or older than what is known. */
  isOld(options: {
    /** The last version of the watch the event came by. */
    reached: string | undefined;
    uid: string;
    resourceVersion: string;
  }): boolean {
    const { reached, uid, resourceVersion } = options;
    return [reached, this.versions.get(uid)].some(
      known =>
        known !== undefined &&
        (compareResourceVersions(resourceVersion, known) ?? 1) <= 0,
    );
  }
}
