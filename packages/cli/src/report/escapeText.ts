import { UNSEEN_CHARACTERS } from 'backstage-plugin-supply-chain-common';

/** JSON with line breaks of its own: the same characters as JSON writes them, so that parsing gives the text back. */
export function escapeJson(json: string): string {
  return json
    .split('\n')
    .map(line => line.replace(UNSEEN_CHARACTERS, escapeUnits))
    .join('\n');
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) =>
    character.charCodeAt(index).toString(16).padStart(4, '0'),
  )
    .map(unit => `\\u${unit}`)
    .join('');
}
