import { Config } from '@backstage/config';
import { PolicySource } from 'backstage-plugin-supply-chain-node/policies';
import { readFileOrUrl } from './readFileOrUrl';

/**
 * Reads `supplyChain.policies`. Relative paths start at the folder the backend runs in.
 *
 * @throws InputError when an entry names neither or both of `file` and `url`.
 */
export function readPolicySources(config: Config): PolicySource[] {
  const entries = config.getOptionalConfigArray('supplyChain.policies') ?? [];
  return entries.map(entry =>
    readFileOrUrl(entry, 'each entry of "supplyChain.policies"'),
  );
}
