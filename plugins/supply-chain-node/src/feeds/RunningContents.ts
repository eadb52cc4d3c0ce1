import { Digest } from 'backstage-plugin-supply-chain-common';
import type { RegistryUse } from '../registry/registryUse';

/**
 * Where content may be read.
 *
 * @public
 */
export type ContentLocation = {
  /** Normalised. */
  repository: string;
  /** For whom it is read there: which credentials may be used (L30). */
  use: RegistryUse;
};

/**
 * Content that runs: the platform manifest of an image, never an index (L2).
 *
 * @public
 */
export type RunningContent = {
  digest: Digest;
  /** `os/architecture`, when it is known. */
  platform?: string;
  /**
   * Every repository it runs from, so that one that refuses does not decide for the others. Empty where no registry says
   * what it is: it may be an index and must not be submitted as an image, but it runs, and what is known of it stands.
   */
  locations: ContentLocation[];
};

/**
 * What runs now, for feeds that have to ask about each image.
 *
 * @public
 */
export interface RunningContents {
  /**
   * Everything that runs, each digest once. Of an index, the platforms that run; where registry facts are not known or no
   * longer, every digest that ever belonged to the image, without locations.
   */
  list(): Promise<RunningContent[]>;
}
