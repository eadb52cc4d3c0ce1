import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import express, { Handler, Router } from 'express';
import { createOpenApiRouter } from '../schema/openapi/generated';
import { ClusterService } from './ClusterService';
import { AdmissionFeedService } from './AdmissionFeedService';
import { createRateLimits, RateLimits } from './rateLimits';
import { addAdmissionFeedRoutesToRouter } from './routes/admissionFeedRoutes';
import { addClusterRoutesToRouter } from './routes/clusterRoutes';
import { addCheckRoutesToRouter } from './routes/checkRoutes';
import { addEvidenceRoutesToRouter } from './routes/evidenceRoutes';
import { addExportRoutesToRouter } from './routes/exportRoutes';
import { addEntityRoutesToRouter } from './routes/entityRoutes';
import { addComparisonRoutesToRouter } from './routes/comparisonRoutes';
import { addCheckResultRoutesToRouter } from './routes/checkResultRoutes';
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
  /** @defaultValue {@link createRateLimits} */
  limits?: RateLimits;
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
    uploadMaxBytes: options.uploadMaxBytes,
    ...(options.limits ?? createRateLimits()),
  };
  addEntityRoutesToRouter(router, dependencies);
  addImageRoutesToRouter(router, dependencies);
  addCheckResultRoutesToRouter(router, dependencies);
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
