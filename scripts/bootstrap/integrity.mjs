import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Failure } from '../console.mjs';

/** Computes the integrity of a file in the notation of Subresource Integrity. */
export function integrityOf(file) {
  const digest = createHash('sha512')
    .update(readFileSync(file))
    .digest('base64');
  return `sha512-${digest}`;
}

/** Throws unless the file has exactly the pinned bytes (L35). */
export function assertIntegrity({ file, expected, what }) {
  const actual = integrityOf(file);
  if (actual !== expected) {
    throw new Failure(
      `${what} does not have the pinned content: expected ${expected}, got ${actual}`,
    );
  }
}
