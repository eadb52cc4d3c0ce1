import { vocabulary } from '../../translations/en/vocabulary';
import { MessageKey } from '../../translations/ref';
import { Messages } from '../../translations/useMessages';

/**
 * The name of a signing system; an unknown one is shown as it is.
 */
export function schemeName(scheme: string, t: Messages['t']): string {
  return Object.hasOwn(vocabulary.scheme, scheme)
    ? t(`scheme.${scheme}` as MessageKey)
    : scheme;
}
