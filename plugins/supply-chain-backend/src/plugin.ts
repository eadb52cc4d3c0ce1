import {
  coreServices,
  createBackendPlugin,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  supplyChainEvidenceExtensionPoint,
  supplyChainInventoryExtensionPoint,
  supplyChainRegistryServiceRef,
} from 'backstage-plugin-supply-chain-node';
import {
  ConditionalDocuments,
  TufRepositories,
} from 'backstage-plugin-supply-chain-node/policies';
import {
  OriginCollector,
  readRegistryConfig,
} from 'backstage-plugin-supply-chain-node/registry';
import { Knex } from 'knex';
import { DatabaseHintStore } from './database/DatabaseHintStore';
import { openDatabase } from './database/migrations';
import { ExtensionList } from './engine/ExtensionList';
import { readEngineConfig } from './engine/readEngineConfig';
import { SupplyChainEngine } from './engine/SupplyChainEngine';
import { observePortalState } from './metrics/observePortalState';
import { readPortalState } from './metrics/readPortalState';
import { HintQueue } from './notifications/HintQueue';
import { registerPermissions } from './permissions/registerPermissions';
import { createRouter, createServices } from './service';

/** Each receiver proves who sends; nobody who does is a user or service of the portal. */
const PUSHED = { path: '/notifications', allow: 'unauthenticated' } as const;

function createHints(options: {
  knex: Knex;
  logger: LoggerService;
  receivers: readonly unknown[];
}): HintQueue {
  return HintQueue.create({
    ...options,
    store: DatabaseHintStore.create(options),
    isUsed: options.receivers.length > 0,
  });
}

/**
 * The backend of Supply Chain Security for Backstage.
 *
 * @public
 */
export const supplyChainPlugin = createBackendPlugin({
  pluginId: 'supply-chain',
  register(env) {
    const extensions = new ExtensionList();
    env.registerExtensionPoint(supplyChainInventoryExtensionPoint, extensions);
    env.registerExtensionPoint(supplyChainEvidenceExtensionPoint, extensions);
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        registry: supplyChainRegistryServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(services) {
        const { config, database, lifecycle, httpRouter } = services;
        const knex = await openDatabase(database);
        const trustedRoots = TufRepositories.create(readRegistryConfig(config));
        const documents = ConditionalDocuments.create(
          readRegistryConfig(config),
        );
        const lists = extensions.lists();
        const hints = createHints({ ...services, ...lists, knex });
        const engine = SupplyChainEngine.create({
          ...services,
          ...lists,
          hints,
          knex,
          config: readEngineConfig(config),
          originCollector: OriginCollector.create(services),
          trustedRoots,
          documents,
        });
        registerPermissions({ ...services, knex });
        const requests = createServices({
          ...services,
          ...lists,
          hints,
          knex,
          originCollector: OriginCollector.create(services),
          policySet: () => engine.policies.current(),
          exploitScores: () => engine.exploitData.scores(),
          onLookRequested: () => engine.wakeEvidence(),
          onWaiversChanged: () => engine.wakeVerdicts(),
          onUploaded: () => engine.wakeVerdicts(),
          refreshEntity: ref => engine.readEntity(ref),
          now: () => new Date(),
        });
        httpRouter.addAuthPolicy(PUSHED);
        httpRouter.use(await createRouter({ ...services, ...requests }));
        const stopObserving = observePortalState({
          ...services,
          read: () => readPortalState({ knex }),
          now: () => new Date(),
        });
        lifecycle.addShutdownHook(stopObserving);
        lifecycle.addStartupHook(() => engine.start());
        lifecycle.addShutdownHook(async () => {
          await engine.stop();
          await requests.stop();
          await trustedRoots.close();
          await documents.close();
        });
      },
    });
  },
});
