import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ClusterTransport } from '../ClusterTransport';
import { KubernetesPluginTransport } from '../KubernetesPluginTransport';
import { CombinedTransport } from './CombinedTransport';
import { DirectTransport } from './DirectTransport';
import { readClusterConfig } from './readClusterConfig';

/**
 * The clusters of this portal: those of the Kubernetes plugin, those under `supplyChain.clusters`, or both. Where the
 * latter are configured and there is no section `kubernetes`, without which that plugin does not start, it is not asked.
 *
 * @throws InputError when a cluster cannot be used, or has the name of one that is configured for the plugin.
 *
 * @public
 */
export function createClusterTransport(options: {
  config: Config;
  auth: AuthService;
  discovery: DiscoveryService;
}): ClusterTransport {
  const { config } = options;
  const clusters = readClusterConfig(config);
  const plugin = KubernetesPluginTransport.create(options);
  if (clusters.length === 0) {
    return plugin;
  }
  const direct = DirectTransport.create({ clusters });
  if (!config.has('kubernetes')) {
    return direct;
  }
  const ofPlugin = namesOfPlugin(config);
  const shared = clusters.find(({ name }) => ofPlugin.has(name));
  if (shared) {
    throw new InputError(
      `The cluster '${shared.name}' stands both under supplyChain.clusters and under kubernetes.clusterLocatorMethods; expected it in one of them`,
    );
  }
  return new CombinedTransport({ direct, plugin });
}

/** Those that stand in the configuration; the plugin finds others elsewhere, which only its list shows. */
function namesOfPlugin(config: Config): Set<string> {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return new Set(
    methods
      .filter(method => method.getOptionalString('type') === 'config')
      .flatMap(method => method.getOptionalConfigArray('clusters') ?? [])
      .flatMap(cluster => cluster.getOptionalString('name') ?? []),
  );
}
