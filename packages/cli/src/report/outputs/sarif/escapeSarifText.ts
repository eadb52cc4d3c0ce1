import { escapeHostileText } from 'backstage-plugin-supply-chain-common';

/**
 * Text from outside in a message of SARIF (L32): no link (3.11.6) and no placeholder (3.11.5) is made of it, and
 * nothing in it acts on a page.
 */
export function escapeSarifText(text: string): string {
  return escapeHostileText(text)
    .replace(/[\\[\]]/g, character => `\\${character}`)
    .replace(/[{}]/g, character => character.repeat(2));
}
