// Starts a portal's backend with nothing but the Kubernetes plugin, in a process of its own: that plugin imports ES
// modules at run time, which Jest's module system cannot. Prints one line of JSON when it listens, and ends with its
// parent. Argument: JSON with `port` and `clusters`.
const {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} = require('@backstage/backend-plugin-api');
const { createBackend } = require('@backstage/backend-defaults');
const { ConfigReader } = require('@backstage/config');

const { port, clusters } = JSON.parse(process.argv[2]);
const baseUrl = `http://127.0.0.1:${port}`;
const backend = createBackend();

backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () =>
      new ConfigReader({
        app: { baseUrl },
        backend: {
          baseUrl,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        kubernetes: {
          serviceLocatorMethod: { type: 'multiTenant' },
          clusterLocatorMethods: [{ type: 'config', clusters }],
        },
      }),
  }),
);
backend.add(
  createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => {
      const quiet = () => undefined;
      const logger = {
        error: quiet,
        warn: quiet,
        info: quiet,
        debug: quiet,
        child: () => logger,
      };
      return logger;
    },
  }),
);
backend.add(
  createBackendPlugin({
    pluginId: 'supply-chain',
    register(reg) {
      reg.registerInit({
        deps: { auth: coreServices.auth, lifecycle: coreServices.lifecycle },
        async init({ auth, lifecycle }) {
          lifecycle.addStartupHook(async () => {
            const { token } = await auth.getPluginRequestToken({
              onBehalfOf: await auth.getOwnServiceCredentials(),
              targetPluginId: 'kubernetes',
            });
            process.stdout.write(`${JSON.stringify({ token })}\n`);
          });
        },
      });
    },
  }),
);
backend.add(import('@backstage/plugin-kubernetes-backend'));
process.on('disconnect', () => process.exit(0));
backend.start().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
