import { escapeHostileText } from 'backstage-plugin-supply-chain-common';

export {
  escapeHostileText,
  hasUnseenCharacters,
} from 'backstage-plugin-supply-chain-common';

/**
 * The same for text whose line breaks are ours, such as pretty-printed JSON.
 */
export function escapeHostileLines(text: string): string {
  return text.split('\n').map(escapeHostileText).join('\n');
}
