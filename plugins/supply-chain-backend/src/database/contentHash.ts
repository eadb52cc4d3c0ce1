import { createHash } from 'node:crypto';

/** Hex SHA-256 over the JSON of a value: equal content is not written again. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
