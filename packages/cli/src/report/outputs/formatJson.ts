import { escapeJson } from '../escapeText';

/**
 * JSON for a file or a log; parsing gives every text back. A log may be that of a pipeline, whose runner takes
 * commands that begin with `##` out of any line.
 */
export function formatJson(value: unknown): string {
  const json = escapeJson(JSON.stringify(value, null, 2));
  return `${json.replace(/##/g, '#\\u0023')}\n`;
}
