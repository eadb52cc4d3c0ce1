import { ReceivedHint } from 'backstage-plugin-supply-chain-node';

/** A source of a feed. */
export type HintedSource = Pick<ReceivedHint, 'feed' | 'source'>;

/** Where hints wait for the replica that holds their source. */
export interface HintStore {
  /** Adds hints; one that waits already changes nothing, and too many of one source become one for everything. */
  put(hints: ReceivedHint[]): Promise<void>;
  /** The sources any hint waits for. */
  sources(): Promise<HintedSource[]>;
  /** Removes the hints of a source and returns them. */
  take(source: HintedSource): Promise<string[]>;
}
