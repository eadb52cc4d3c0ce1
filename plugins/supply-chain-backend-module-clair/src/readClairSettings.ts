import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { ClairKey, ClairSettings } from './ClairSettings';

/**
 * Reads `supplyChain.clair`; undefined where Clair is not configured.
 *
 * @internal
 */
export function readClairSettings(root: Config): ClairSettings | undefined {
  const config = root.getOptionalConfig('supplyChain.clair');
  if (!config) {
    return undefined;
  }
  const concurrency = config.getOptionalNumber('concurrency');
  if (concurrency !== undefined && !(concurrency >= 1 && concurrency <= 32)) {
    throw new Error(
      `expected supplyChain.clair.concurrency from 1 to 32, got ${concurrency}`,
    );
  }
  const psk = config.getOptionalConfig('psk');
  return {
    indexer: addressOf(config, 'indexer'),
    matcher: addressOf(config, 'matcher'),
    ...((config.has('notifier') || config.has('url')) && {
      notifier: addressOf(config, 'notifier'),
    }),
    ...(psk && { psk: keyOf(psk) }),
    refreshIntervalMs: durationOf(config, 'refreshInterval'),
    databaseMaxAgeMs: durationOf(config, 'databaseMaxAge'),
    indexTimeoutMs: durationOf(config, 'indexTimeout'),
    concurrency,
  };
}

function addressOf(
  config: Config,
  key: 'indexer' | 'matcher' | 'notifier',
): string {
  const text = config.getOptionalString(key) ?? config.getString('url');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isHttp || url.username || url.search || url.hash) {
    throw new Error(
      `expected an address such as https://clair.acme.example in supplyChain.clair for the ${key}`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** Clair's own configuration holds the key in base64; what is signed with is what it stands for. */
function keyOf(config: Config): ClairKey {
  const text = config.getString('key').trim();
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
  if (!isBase64) {
    throw new Error('expected supplyChain.clair.psk.key in base64');
  }
  return {
    key: new Uint8Array(Buffer.from(text, 'base64')),
    issuer: config.getString('issuer'),
  };
}

function durationOf(config: Config, key: string): number | undefined {
  return config.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key }))
    : undefined;
}
