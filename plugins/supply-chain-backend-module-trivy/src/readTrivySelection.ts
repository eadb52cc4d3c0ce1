import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { TrivyFeedSelection } from './TrivyFeed';

/**
 * Reads `supplyChain.trivy`.
 *
 * @internal
 */
export function readTrivySelection(root: Config): TrivyFeedSelection {
  const config = root.getOptionalConfig('supplyChain.trivy');
  return {
    clusters: config?.getOptionalStringArray('clusters'),
    namespaces: config?.getOptionalStringArray('namespaces'),
    ...(config?.has('pollInterval') && {
      pollIntervalMs: durationToMilliseconds(
        readDurationFromConfig(config, { key: 'pollInterval' }),
      ),
    }),
  };
}

/**
 * Whether the other reports than those on vulnerabilities are read: `supplyChain.trivy.checks`.
 *
 * @internal
 */
export function readsChecks(root: Config): boolean {
  return root.getOptionalBoolean('supplyChain.trivy.checks') ?? true;
}

/**
 * Whether SBOMs are read: `supplyChain.trivy.sboms`.
 *
 * @internal
 */
export function readsSboms(root: Config): boolean {
  return root.getOptionalBoolean('supplyChain.trivy.sboms') ?? true;
}
