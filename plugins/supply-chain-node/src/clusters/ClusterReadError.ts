import { ReasonCode } from 'backstage-plugin-supply-chain-common';
import type { ClusterListing } from './ClusterTransport';

/**
 * The reasons a read from a cluster can fail for.
 *
 * @public
 */
export type ClusterReadReason = Extract<
  ReasonCode,
  | 'clusterUnreachable'
  | 'clusterRefused'
  | 'clusterForbidden'
  | 'clusterNeedsUser'
  | 'resourceMissing'
  | 'malformedAnswer'
  | 'answerTooLarge'
  | 'sourceTimeout'
  | 'clusterCredentialUnreadable'
>;

/**
 * A read from a cluster that did not succeed.
 *
 * @public
 */
export class ClusterReadError extends Error {
  readonly reason: ClusterReadReason;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** How long the server asked to wait. */
  readonly retryAfterMs?: number;
  /** The history needed is gone (410): list again. */
  readonly expired: boolean;
  /** The object asked for by name does not exist; its resource does. */
  readonly objectMissing: boolean;

  constructor(
    reason: ClusterReadReason,
    message: string,
    details: {
      status?: number;
      retryAfterMs?: number;
      expired?: boolean;
      objectMissing?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'ClusterReadError';
    this.reason = reason;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.expired = details.expired ?? false;
    this.objectMissing = details.objectMissing ?? false;
  }
}

/**
 * A list of clusters of which a part could not be read. What is missing in it may well exist.
 *
 * @public
 */
export class IncompleteClusterList extends ClusterReadError {
  /** Those that are known all the same. */
  readonly listings: readonly ClusterListing[];

  constructor(listings: readonly ClusterListing[], cause: ClusterReadError) {
    super(cause.reason, cause.message, { status: cause.status, cause });
    this.name = 'IncompleteClusterList';
    this.listings = listings;
  }
}
