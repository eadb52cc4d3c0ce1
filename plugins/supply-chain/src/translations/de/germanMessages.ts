import { flattenMessages } from '../flattenMessages';
import { german } from './german';

/**
 * Every German message under its dotted key.
 */
export const germanMessages: Record<string, string> = flattenMessages(german);
