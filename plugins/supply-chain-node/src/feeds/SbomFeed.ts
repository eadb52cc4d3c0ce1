import { ObservedReport } from './EvidenceFeed';
import { FeedSink } from './feed';

/**
 * A source of SBOMs that is watched. Steps as for {@link InventoryFeed}.
 *
 * @public
 */
export interface SbomFeed {
  /** Stable id, for instance `trivy-sboms`. */
  readonly id: string;
  run(
    sink: FeedSink<ObservedReport<'sbom'>>,
    options: { signal: AbortSignal },
  ): Promise<void>;
}
