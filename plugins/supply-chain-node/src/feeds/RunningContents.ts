import { Digest } from 'backstage-plugin-supply-chain-common';
import type { RegistryUse } from '../registry/registryUse';

/**
 * Content that runs: the platform manifest of an image, never an index (L2).
 *
 * @public
 */
export type RunningContent = {
  /** One of the repositories it runs from, normalised. */
  repository: string;
  digest: Digest;
  /** `os/architecture`, when it is known. */
  platform?: string;
  /** For whom its registry is read: which credentials may be used (L30). */
  use: RegistryUse;
};

/**
 * What runs now, for feeds that have to ask about each image.
 *
 * @public
 */
export interface RunningContents {
  /**
   * Everything that runs and whose registry facts are known, each digest once. Of an index, the platforms that run.
   */
  list(): Promise<RunningContent[]>;
}
