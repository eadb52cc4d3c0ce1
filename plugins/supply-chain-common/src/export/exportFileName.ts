import { ExportFormat } from './exportWriter';

/**
 * The name of an exported file, of parts that may come from outside (L32).
 *
 * @public
 */
export function exportFileName(options: {
  /** For instance `['services']`. */
  of: readonly string[];
  format: ExportFormat;
}): string {
  const { of, format } = options;
  const parts = ['supply-chain', ...of].map(part =>
    part.replace(/[^A-Za-z0-9._-]+/g, '-'),
  );
  return `${parts.join('-')}.${format}`;
}

/**
 * What stands for an image in the name of a file: the beginning of its digest, long enough to tell it from others.
 *
 * @public
 */
export function exportedImageName(digest: string): string {
  return digest.replace(/^sha(256|512):/, '').slice(0, 12);
}
