import {
  FeedSink,
  ObservedReport,
  SbomFeed,
} from 'backstage-plugin-supply-chain-node';
import {
  followReports,
  ReportFeedOptions,
} from 'backstage-plugin-supply-chain-node/clusters';
import {
  parseSbomReport,
  SBOM_RESOURCES,
  TRIVY_SBOM_FEED_ID,
} from './parseSbomReport';

/** Raise it when `parseSbomReport` makes other items of the same reports. */
const FORMAT = 'trivy-sboms-1';

/**
 * Watches the SBOMs Trivy Operator leaves in every cluster, of images and of the cluster itself. One that cannot be used is kept as evidence that says why, and
 * named in the health of its cluster.
 *
 * @public
 */
export class TrivySbomFeed implements SbomFeed {
  readonly id = TRIVY_SBOM_FEED_ID;
  readonly #options: ReportFeedOptions;

  static create(options: ReportFeedOptions): TrivySbomFeed {
    return new TrivySbomFeed(options);
  }

  private constructor(options: ReportFeedOptions) {
    this.#options = options;
  }

  run(
    sink: FeedSink<ObservedReport<'sbom'>>,
    options: { signal: AbortSignal },
  ): Promise<void> {
    return followReports({
      ...this.#options,
      sink,
      signal: options.signal,
      kind: 'contents',
      resources: SBOM_RESOURCES,
      resumeKey: FORMAT,
      parse: parseSbomReport,
    });
  }
}
