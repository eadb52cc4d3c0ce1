import {
  isCaseInsensitiveHost,
  normaliseSourceRepository,
  NormaliseSourceRepositoryOptions,
} from './normaliseSourceRepository';
import { matchesTextPattern } from '../policy/textPattern';

const WILDCARD_HOST = /^https:\/\/([^/*]+)\//i;

/**
 * Whether a normalised repository matches a glob such as `https://github.com/acme/*`. A pattern without wildcard is an
 * address and is read like one; cases count where they count for the host.
 *
 * @public
 */
export function matchesSourcePattern(
  pattern: string,
  repository: string,
  options: NormaliseSourceRepositoryOptions = {},
): boolean {
  if (!pattern.includes('*')) {
    return normaliseSourceRepository(pattern, options) === repository;
  }
  const [, host = ''] = WILDCARD_HOST.exec(pattern) ?? [];
  const lowerCase = host.toLocaleLowerCase('en-US');
  const glob = isCaseInsensitiveHost(lowerCase)
    ? pattern.toLocaleLowerCase('en-US')
    : pattern.replace(host, lowerCase);
  return matchesTextPattern({ glob }, repository);
}
