import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { createOpenApiRouter } from '../../schema/openapi/generated';
import { ClusterService } from '../ClusterService';
import { AdmissionFeedService } from '../AdmissionFeedService';
import { CheckService } from '../check/CheckService';
import { ExportService } from '../exports/ExportService';
import { NotificationService } from '../notifications/NotificationService';
import { RateLimits } from '../rateLimits';
import { SupplyChainService } from '../SupplyChainService';
import { UploadService } from '../uploads/UploadService';
import { WaiverService } from '../WaiverService';

/** The router made from the OpenAPI document. */
export type OpenApiRouter = Awaited<ReturnType<typeof createOpenApiRouter>>;

/** What routes work with. */
export type RouteDependencies = {
  service: SupplyChainService<BackstageCredentials>;
  waivers: WaiverService<BackstageCredentials>;
  clusters: ClusterService<BackstageCredentials>;
  exports: ExportService<BackstageCredentials>;
  checks: Pick<CheckService, 'check'>;
  uploads: Pick<UploadService, 'upload'>;
  admissionFeed: Pick<AdmissionFeedService, 'read'>;
  notifications: Pick<NotificationService, 'receive'>;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** The most bytes of evidence that is handed in, packed or not. */
  uploadMaxBytes: number;
} & RateLimits;
