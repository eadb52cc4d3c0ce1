import { resolve } from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { PolicySource } from 'backstage-plugin-supply-chain-node/policies';

/**
 * Reads `supplyChain.policies`. Relative paths start at the folder the backend runs in.
 *
 * @throws InputError when an entry names neither or both of `file` and `url`.
 */
export function readPolicySources(config: Config): PolicySource[] {
  const entries = config.getOptionalConfigArray('supplyChain.policies') ?? [];
  return entries.map(entry => {
    const file = entry.getOptionalString('file');
    const url = entry.getOptionalString('url');
    if ((file === undefined) === (url === undefined)) {
      throw new InputError(
        'expected either "file" or "url" in each entry of "supplyChain.policies"',
      );
    }
    return file === undefined
      ? { type: 'url', url: url! }
      : { type: 'file', path: resolve(file) };
  });
}
