import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AuthProviderFactory,
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** Who may be signed in as, by the id of the provider; app-config.sandbox.yaml offers them. */
const PEOPLE = {
  owner: {
    user: 'user:default/owner',
    teams: ['group:default/team-payments', 'group:default/team-checkout'],
  },
  platform: {
    user: 'user:default/platform',
    teams: ['group:default/team-platform'],
  },
};

/**
 * Two people of the sandbox, without a password: one asks for waivers and the other decides about them. A guest can do
 * neither (L22). It stands beside `src`, so no production build has it (L35).
 */
export const sandboxSignIns = createBackendModule({
  pluginId: 'auth',
  moduleId: 'sandbox-sign-ins',
  register({ registerInit }) {
    registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        if (!config.getOptionalBoolean('supplyChain.sandbox')) {
          return;
        }
        for (const [providerId, { user, teams }] of Object.entries(PEOPLE)) {
          providers.registerProvider({
            providerId,
            factory: signInAs(user, teams),
          });
        }
      },
    });
  },
});

function signInAs(user: string, teams: string[]): AuthProviderFactory {
  return createProxyAuthProviderFactory({
    authenticator: createProxyAuthenticator({
      defaultProfileTransform: async () => ({ profile: {} }),
      initialize() {},
      async authenticate() {
        return { result: {} };
      },
    }),
    signInResolver: async (_, context) =>
      context.issueToken({ claims: { sub: user, ent: [user, ...teams] } }),
  });
}
