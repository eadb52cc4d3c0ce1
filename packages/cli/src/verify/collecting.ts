import type { OriginCollector } from 'backstage-plugin-supply-chain-node/registry';

// The contract of collectors lives beside the extension points, which need Backstage's runtime; the collectors
// themselves do not, and say the same.

/** What a collector gets for one run. */
export type CollectContext = Parameters<OriginCollector['collect']>[1];

/** State a collector keeps between runs. */
export type CollectorState = CollectContext['state'];

/** Where a collector says what happened. */
export type CollectorLogger = CollectContext['logger'];
