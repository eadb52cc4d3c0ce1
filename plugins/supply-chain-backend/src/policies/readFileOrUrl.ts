import { resolve } from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { PolicySource } from 'backstage-plugin-supply-chain-node/policies';

/**
 * Reads where a document stands. Relative paths start at the folder the backend runs in.
 *
 * @param where - the place in the configuration, for the message
 * @throws InputError when it names neither or both of `file` and `url`.
 */
export function readFileOrUrl(config: Config, where: string): PolicySource {
  const file = config.getOptionalString('file');
  const url = config.getOptionalString('url');
  if ((file === undefined) === (url === undefined)) {
    throw new InputError(`expected either "file" or "url" in ${where}`);
  }
  return file === undefined
    ? { type: 'url', url: url! }
    : { type: 'file', path: resolve(file) };
}
