import { InputError } from '@backstage/errors';
import { Digest, ReportResult } from 'backstage-plugin-supply-chain-common';
import { UploadContent } from '../../database/operations/uploads/uploadRow';
import { parseReport, parseVex } from './parseReport';
import { scanOfUpload } from './scanOfUpload';
import { vexOfUpload } from './vexOfUpload';

/** Options of {@link readUpload}. */
export type ReadUploadOptions = {
  kind: UploadContent['kind'];
  bytes: Uint8Array;
  /** The image it is handed in for. */
  about: { repository: string; members: Digest[]; now: Date };
  /** RFC 3339; for a report that does not say when its scan was made. */
  scannedAt?: string;
  /** Ends the reading. */
  signal: AbortSignal;
};

/**
 * Reads what is handed in about an image.
 *
 * @throws InputError when it cannot be used, or is about something else.
 */
export async function readUpload(
  options: ReadUploadOptions,
): Promise<{ format: string; content: UploadContent }> {
  const { kind, bytes, about, scannedAt, signal } = options;
  if (kind === 'vex') {
    const document = reportOf(await parseVex(bytes, { signal }));
    const detail = vexOfUpload(document, about);
    return { format: 'openvex', content: { kind, detail } };
  }
  const report = reportOf(await parseReport(bytes, { scannedAt, signal }));
  const detail = scanOfUpload(report, about);
  return { format: report.format, content: { kind, detail } };
}

function reportOf<T>(parsed: ReportResult<T>): T {
  if (!parsed.ok) {
    throw new InputError(`${parsed.reason}: ${parsed.message}`);
  }
  return parsed.report;
}
