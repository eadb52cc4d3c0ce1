import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import express, { Handler, Router } from 'express';
import { createOpenApiRouter } from '../schema/openapi/generated';
import { ClusterService } from './ClusterService';
import { AdmissionFeedService } from './AdmissionFeedService';
import { PrincipalRateLimit } from './PrincipalRateLimit';
import { addAdmissionFeedRoutesToRouter } from './routes/admissionFeedRoutes';
import { addClusterRoutesToRouter } from './routes/clusterRoutes';
import { addCheckRoutesToRouter } from './routes/checkRoutes';
import { addEvidenceRoutesToRouter } from './routes/evidenceRoutes';
import { addExportRoutesToRouter } from './routes/exportRoutes';
import { addEntityRoutesToRouter } from './routes/entityRoutes';
import { addComparisonRoutesToRouter } from './routes/comparisonRoutes';
import { addImageRoutesToRouter } from './routes/imageRoutes';
import { addNotificationRoutesToRouter } from './routes/notificationRoutes';
import { addOverviewRoutesToRouter } from './routes/overviewRoutes';
import { addFactsRoutesToRouter } from './routes/factsRoutes';
import { addPolicyRoutesToRouter } from './routes/policyRoutes';
import { addSourcesRoutesToRouter } from './routes/sourcesRoutes';
import { addTrustRootRoutesToRouter } from './routes/trustRootRoutes';
import { addVulnerabilityRoutesToRouter } from './routes/vulnerabilityRoutes';
import { addUnlinkedRoutesToRouter } from './routes/unlinkedRoutes';
import { addWaiverRoutesToRouter } from './routes/waiverRoutes';
import { SupplyChainService } from './SupplyChainService';
import { CheckService } from './check/CheckService';
import { ExportService } from './exports/ExportService';
import { NotificationService } from './notifications/NotificationService';
import { UploadService } from './uploads/UploadService';
import { WaiverService } from './WaiverService';

/** A person may press Re-check ten times in a row, then once every six seconds. */
const RECHECK_LIMIT = { burst: 10, refillIntervalMs: 6_000 };

/** A pipeline may check twenty images in a row, then one every three seconds. */
const CHECK_LIMIT = { burst: 20, refillIntervalMs: 3_000 };

/** A pipeline may hand in thirty reports in a row, then one every three seconds. */
const UPLOAD_LIMIT = { burst: 30, refillIntervalMs: 3_000 };

/** A person may export twenty times in a row, then once every three seconds. */
const EXPORT_LIMIT = { burst: 20, refillIntervalMs: 3_000 };

/** A person may ask for thirty waivers in a row, then for one a minute. */
const WAIVER_LIMIT = { burst: 30, refillIntervalMs: 60_000 };

/** Options of {@link createRouter}. */
export type RouterOptions = {
  service: SupplyChainService<BackstageCredentials>;
  waivers: WaiverService<BackstageCredentials>;
  clusters: ClusterService<BackstageCredentials>;
  exports: ExportService<BackstageCredentials>;
  checks: Pick<CheckService, 'check'>;
  uploads: Pick<UploadService, 'upload'>;
  /** The most bytes of evidence that is handed in, packed or not. */
  uploadMaxBytes: number;
  admissionFeed: Pick<AdmissionFeedService, 'read'>;
  notifications: Pick<NotificationService, 'receive'>;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** @defaultValue ten at once, then one every six seconds for each caller */
  recheckLimit?: PrincipalRateLimit;
  /** @defaultValue twenty at once, then one every three seconds for each caller */
  exportLimit?: PrincipalRateLimit;
  /** Holds every answer to the OpenAPI document and hears of those that differ. It costs time, so it is for tests. */
  onInvalidResponse?: (error: Error) => void;
};

const json = express.json();

/** Evidence and notifications are read by their routes, once it is known who sends them. */
const jsonUnlessPushed: Handler = (req, res, next) =>
  /^\/(?:evidence|notifications)\//.test(req.path)
    ? next()
    : json(req, res, next);

/** The HTTP interface; requests that the OpenAPI document does not allow never reach a route. */
export async function createRouter(options: RouterOptions): Promise<Router> {
  const { service, waivers, httpAuth, auditor, onInvalidResponse } = options;
  const recheckLimit =
    options.recheckLimit ?? PrincipalRateLimit.create(RECHECK_LIMIT);
  const router = await createOpenApiRouter({
    middleware: [jsonUnlessPushed],
    validatorOptions: {
      validateResponses: onInvalidResponse && { onError: onInvalidResponse },
    },
  });
  const dependencies = {
    service,
    waivers,
    clusters: options.clusters,
    exports: options.exports,
    httpAuth,
    auditor,
    admissionFeed: options.admissionFeed,
    notifications: options.notifications,
    checks: options.checks,
    uploads: options.uploads,
    uploadLimit: PrincipalRateLimit.create(UPLOAD_LIMIT),
    uploadMaxBytes: options.uploadMaxBytes,
    checkLimit: PrincipalRateLimit.create(CHECK_LIMIT),
    recheckLimit,
    exportLimit: options.exportLimit ?? PrincipalRateLimit.create(EXPORT_LIMIT),
    waiverLimit: PrincipalRateLimit.create(WAIVER_LIMIT),
  };
  addEntityRoutesToRouter(router, dependencies);
  addImageRoutesToRouter(router, dependencies);
  addComparisonRoutesToRouter(router, dependencies);
  addOverviewRoutesToRouter(router, dependencies);
  addUnlinkedRoutesToRouter(router, dependencies);
  addClusterRoutesToRouter(router, dependencies);
  addSourcesRoutesToRouter(router, dependencies);
  addFactsRoutesToRouter(router, dependencies);
  addPolicyRoutesToRouter(router, dependencies);
  addTrustRootRoutesToRouter(router, dependencies);
  addVulnerabilityRoutesToRouter(router, dependencies);
  addExportRoutesToRouter(router, dependencies);
  addWaiverRoutesToRouter(router, dependencies);
  addAdmissionFeedRoutesToRouter(router, dependencies);
  addCheckRoutesToRouter(router, dependencies);
  addEvidenceRoutesToRouter(router, dependencies);
  addNotificationRoutesToRouter(router, dependencies);
  return router;
}
