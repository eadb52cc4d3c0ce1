import { parseStrictJson } from 'backstage-plugin-supply-chain-common';

/**
 * Reads bytes, counted before, as a JSON object in UTF-8; `undefined` when
 * they are none, or when a key stands twice and readers could disagree.
 */
export function parseJsonObject(
  bytes: Uint8Array,
): Record<string, unknown> | undefined {
  const result = parseStrictJson(bytes, { maxBytes: bytes.length });
  const value = result.ok ? result.value : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
