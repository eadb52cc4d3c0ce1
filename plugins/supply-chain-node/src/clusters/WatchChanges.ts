import { KubernetesObject } from 'backstage-plugin-supply-chain-common';

const WRITE_BATCH = 200;

/**
 * The changes of one stretch of a watch; of several to one object the last counts.
 *
 * @internal
 */
export class WatchChanges {
  readonly upserts = new Map<string, KubernetesObject>();
  readonly removals = new Set<string>();
  /** The version they reach up to. */
  position: string | undefined;
  /** Whether the server itself named the position as one to go on from. */
  bookmark = false;

  get isFull(): boolean {
    return this.upserts.size + this.removals.size >= WRITE_BATCH;
  }

  upsert(object: KubernetesObject): void {
    this.upserts.set(object.metadata.uid, object);
    this.removals.delete(object.metadata.uid);
  }

  remove(uid: string): void {
    this.removals.add(uid);
    this.upserts.delete(uid);
  }
}
