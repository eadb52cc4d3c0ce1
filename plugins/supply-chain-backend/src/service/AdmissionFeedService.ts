import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  AdmissionFeedEnvelope,
  supplyChainVerdictSyncPermission,
} from 'backstage-plugin-supply-chain-common';
import { missing } from './requireRead';

/** Options of {@link AdmissionFeedService}. */
export type AdmissionFeedServiceOptions = {
  permissions: PermissionsService;
  /** Absent when no key is configured. */
  feed?: { read(since: string): Promise<AdmissionFeedEnvelope> };
};

/** The feed for those who may follow the whole portal. It names what everybody runs, so nothing less will do. */
export class AdmissionFeedService {
  readonly #options: AdmissionFeedServiceOptions;

  static create(options: AdmissionFeedServiceOptions): AdmissionFeedService {
    return new AdmissionFeedService(options);
  }

  private constructor(options: AdmissionFeedServiceOptions) {
    this.#options = options;
  }

  async read(request: {
    caller: BackstageCredentials;
    since: string;
  }): Promise<AdmissionFeedEnvelope> {
    const { permissions, feed } = this.#options;
    const [{ result }] = await permissions.authorize(
      [{ permission: supplyChainVerdictSyncPermission }],
      { credentials: request.caller },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw missing(supplyChainVerdictSyncPermission);
    }
    if (!feed) {
      throw new NotFoundError(
        "There is no feed: 'supplyChain.admission.signingKey' is not configured",
      );
    }
    return feed.read(request.since);
  }
}
