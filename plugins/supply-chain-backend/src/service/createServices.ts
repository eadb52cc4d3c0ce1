import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Config } from '@backstage/config';
import { NotificationReceiver } from 'backstage-plugin-supply-chain-node';
import { EvaluationPool } from 'backstage-plugin-supply-chain-node/evaluation';
import { HintQueue } from '../notifications/HintQueue';
import { readAdmissionConfig } from '../admission/readAdmissionConfig';
import { readNamespaceClaims } from '../catalog/readNamespaceClaims';
import { readGuests } from '../waivers/readGuests';
import {
  createCheckService,
  CreateCheckServiceOptions,
} from './check/createCheckService';
import { createNotificationService } from './notifications/createNotificationService';
import { createClusterService } from './createClusterService';
import { createExportService } from './exports/createExportService';
import { createAdmissionFeedService } from './createAdmissionFeedService';
import {
  createUploadService,
  CreateUploadServiceOptions,
} from './uploads/createUploadService';
import { readUploadMaxBytes } from './uploads/readUploadMaxBytes';
import {
  createSupplyChainService,
  SupplyChainServiceOptions,
} from './createSupplyChainService';
import {
  createWaiverService,
  WaiverServiceOptions,
} from './createWaiverService';

/** Everything that answers requests is made of. */
export type CreateServicesOptions = Omit<
  SupplyChainServiceOptions &
    WaiverServiceOptions &
    CreateCheckServiceOptions &
    CreateUploadServiceOptions,
  'sandbox' | 'guests' | 'pool'
> & {
  config: Config;
  metrics: MetricsService;
  receivers: readonly NotificationReceiver[];
  hints: Pick<HintQueue, 'put' | 'follows'>;
};

/**
 * What answers requests, over one database and the policies in force.
 *
 * @throws InputError when the configuration cannot be used, or would let strangers ask.
 */
export function createServices(options: CreateServicesOptions) {
  const { config } = options;
  const sandbox = config.getOptionalBoolean('supplyChain.sandbox') ?? false;
  const pool = EvaluationPool.create();
  return {
    service: createSupplyChainService({ ...options, sandbox }),
    clusters: createClusterService({ ...options, sandbox }),
    exports: createExportService({ ...options, sandbox }),
    waivers: createWaiverService({
      ...options,
      sandbox,
      guests: readGuests(config),
    }),
    admissionFeed: createAdmissionFeedService({
      ...options,
      admission: readAdmissionConfig(config),
      claims: readNamespaceClaims(config),
    }),
    checks: createCheckService({ ...options, pool }),
    uploads: createUploadService(options),
    notifications: createNotificationService(options),
    uploadMaxBytes: readUploadMaxBytes(config),
    /** Ends what they keep running. */
    stop: () => pool.close(),
  };
}
