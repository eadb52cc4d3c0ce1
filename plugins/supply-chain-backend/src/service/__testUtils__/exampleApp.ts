import { generateKeyPairSync } from 'node:crypto';
import express from 'express';
import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { MemoryMetrics } from 'backstage-plugin-supply-chain-node/testUtils';
import { Knex } from 'knex';
import { createClusterService } from '../createClusterService';
import { createAdmissionFeedService } from '../createAdmissionFeedService';
import { createExportService } from '../exports/createExportService';
import {
  createSupplyChainService,
  SupplyChainServiceOptions,
} from '../createSupplyChainService';
import {
  createWaiverService,
  WaiverServiceOptions,
} from '../createWaiverService';
import { AdmissionFeedConfig } from '../../admission/readAdmissionConfig';
import {
  createNotificationService,
  CreateNotificationServiceOptions,
} from '../notifications/createNotificationService';
import { PrincipalRateLimit } from '../PrincipalRateLimit';
import { createRateLimits } from '../rateLimits';
import { createUploadService } from '../uploads/createUploadService';
import { readUploadMaxBytes } from '../uploads/readUploadMaxBytes';
import { exampleChecks } from './exampleChecks';
import { examplePolicySet } from './exampleWorld';
import { sharedRouter } from './sharedRouter';
import { NOW } from './StoredWorld';
import { Decisions, testPermissions } from './testPermissions';

/** Options of {@link createExampleApp}. */
export type ExampleAppOptions = {
  knex: Knex;
  /** Decisions by user and name of the permission. */
  readers?: Record<string, Decisions>;
  catalog?: CatalogService;
  policySet?: PolicySet;
  /** Requests for a fresh look each caller has. @defaultValue 1000 */
  rechecks?: number;
  /** Exports each caller has. @defaultValue 1000 */
  exports?: number;
  /** @defaultValue always {@link NOW} */
  now?: () => Date;
  /** `null`: no feed. @defaultValue one with a key of its own */
  admission?: AdmissionFeedConfig | null;
  guests?: string[];
  onUploaded?: () => void;
  /** Who may push what. @defaultValue nobody */
  notifications?: Omit<CreateNotificationServiceOptions, 'metrics'>;
  /** What stands under `supplyChain`. */
  config?: object;
} & Partial<Pick<WaiverServiceOptions, 'onWaiversChanged'>> &
  Partial<
    Pick<
      SupplyChainServiceOptions,
      'onLookRequested' | 'refreshEntity' | 'sandbox'
    >
  >;

/** An app over a filled database, as a plugin would serve it. */
export type ExampleApp = {
  app: express.Express;
  /** Answers that the OpenAPI document does not allow. */
  invalidResponses: string[];
  /** Audit events and how they ended. */
  audited: { eventId: string; ended: 'success' | 'fail'; meta?: unknown }[];
  /** Names of the permissions that were asked. */
  asked: Set<string>;
};

function limitOf(burst = 1_000): PrincipalRateLimit {
  return PrincipalRateLimit.create({
    burst,
    refillIntervalMs: 1_000,
    nowMs: () => NOW.getTime(),
  });
}

/** Builds {@link ExampleApp}. */
export async function createExampleApp(
  options: ExampleAppOptions,
): Promise<ExampleApp> {
  const policySet = options.policySet ?? examplePolicySet();
  const invalidResponses: string[] = [];
  const audited: ExampleApp['audited'] = [];
  const asked = new Set<string>();
  const shared = {
    knex: options.knex,
    permissions: testPermissions(options.readers ?? {}, name =>
      asked.add(name),
    ),
    catalog: options.catalog ?? catalogServiceMock({ entities: [] }),
    policySet: () => policySet,
    now: options.now ?? (() => NOW),
    sandbox: options.sandbox ?? false,
  };
  const config = mockServices.rootConfig({
    data: { supplyChain: options.config ?? {} } as {},
  });
  const router = await sharedRouter({
    service: createSupplyChainService({
      ...shared,
      onLookRequested: options.onLookRequested ?? (() => {}),
      refreshEntity: options.refreshEntity,
    }),
    waivers: createWaiverService({
      ...shared,
      onWaiversChanged: options.onWaiversChanged ?? (() => {}),
      guests: options.guests,
    }),
    clusters: createClusterService(shared),
    exports: createExportService(shared),
    admissionFeed: createAdmissionFeedService({
      ...shared,
      admission:
        options.admission === null
          ? undefined
          : options.admission ?? {
              signingKey: generateKeyPairSync('ed25519').privateKey,
              validityMs: 60_000,
            },
    }),
    checks: exampleChecks({ ...shared, config: options.config }),
    uploads: createUploadService({
      ...shared,
      config,
      onUploaded: options.onUploaded ?? (() => {}),
    }),
    uploadMaxBytes: readUploadMaxBytes(config),
    notifications: createNotificationService({
      receivers: [],
      hints: { put: () => {}, follows: () => false },
      ...options.notifications,
      metrics: new MemoryMetrics(),
    }),
    httpAuth: mockServices.httpAuth(),
    auditor: mockServices.auditor.mock({
      createEvent: async ({ eventId, meta }) => ({
        success: async () =>
          void audited.push({ eventId, meta, ended: 'success' }),
        fail: async () => void audited.push({ eventId, meta, ended: 'fail' }),
      }),
    }),
    limits: {
      ...createRateLimits(),
      recheckLimit: limitOf(options.rechecks),
      exportLimit: limitOf(options.exports),
    },
    onInvalidResponse: error => {
      // The document describes answers, not errors: those have one form in all of Backstage.
      if (!error.message.startsWith('no schema defined for status code')) {
        invalidResponses.push(error.message);
      }
    },
  });
  const app = express().use(router).use(mockErrorHandler());
  return { app, invalidResponses, audited, asked };
}
