import { Config, readDurationFromConfig } from '@backstage/config';
import { HumanDuration, durationToMilliseconds } from '@backstage/types';
import { NamespaceClaims } from 'backstage-plugin-supply-chain-common';
import { PolicySource } from 'backstage-plugin-supply-chain-node/policies';
import { readNamespaceClaims } from '../catalog/readNamespaceClaims';
import { AnnotatedImageRules } from '../inventory/AnnotatedImageRules';
import {
  ExploitDataSource,
  readExploitDataConfig,
} from '../exploitData/readExploitDataConfig';
import { readPolicySources } from '../policies/readPolicySources';

/** What the engine takes from the configuration. */
export type EngineConfig = {
  policySources: PolicySource[];
  /** Documents about exploits; nothing else is read. */
  exploitData: ExploitDataSource[];
  /** Which namespaces annotations may claim (L31). Absent: all of them. */
  namespaceClaims?: NamespaceClaims;
  /** Which images annotations may name (L30). */
  annotatedImages: AnnotatedImageRules;
  /** Every subject is looked at again after this long. */
  reverificationIntervalMs: number;
  /** Looks at once on one replica. */
  concurrency: number;
  /** What no longer runs is kept as last known for this long. */
  keepImagesMs: number;
  keepHistoryMs: number;
};

/** Reads `supplyChain`, once. */
export function readEngineConfig(config: Config): EngineConfig {
  const durationMs = (key: string, standard: HumanDuration) =>
    durationToMilliseconds(
      config.has(key) ? readDurationFromConfig(config, { key }) : standard,
    );
  return {
    policySources: readPolicySources(config),
    exploitData: readExploitDataConfig(config),
    namespaceClaims: readNamespaceClaims(config),
    annotatedImages: AnnotatedImageRules.fromConfig(config),
    reverificationIntervalMs: durationMs(
      'supplyChain.reverification.interval',
      {
        hours: 6,
      },
    ),
    concurrency:
      config.getOptionalNumber('supplyChain.reverification.concurrency') ?? 8,
    keepImagesMs: durationMs('supplyChain.retention.images', { days: 30 }),
    keepHistoryMs: durationMs('supplyChain.retention.history', { days: 400 }),
  };
}
