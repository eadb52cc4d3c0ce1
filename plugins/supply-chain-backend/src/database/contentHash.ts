import { hash } from 'node:crypto';

/** Hex SHA-256 over the JSON of a value: equal content is not written again. */
export function contentHash(value: unknown): string {
  return textHash(JSON.stringify(value));
}

/** Hex SHA-256 of a text. */
export function textHash(text: string): string {
  return hash('sha256', text, 'hex');
}
