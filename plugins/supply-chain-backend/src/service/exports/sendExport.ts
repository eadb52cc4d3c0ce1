import { setImmediate } from 'node:timers/promises';
import {
  ExportFormat,
  exportFileName,
  ExportTable,
  exportWriter,
} from 'backstage-plugin-supply-chain-common';
import type { Response } from 'express';
import { ExportedRows } from './ExportService';

/** Options of {@link sendExport}. */
export type SendExportOptions<T> = {
  response: Response;
  format: ExportFormat;
  /** Parts of the name of the file. */
  of: readonly string[];
  table: ExportTable<T>;
  rows: ExportedRows<T>;
};

/**
 * Sends rows as a file while they are read. What is not there or not allowed is found out before the first row, and is
 * answered as everywhere; when the rest cannot be read the connection breaks, so that nobody takes a part for the whole.
 *
 * Nothing waits for the caller to take what was written: slow ones would keep the database in their snapshot.
 */
export async function sendExport<T>(
  options: SendExportOptions<T>,
): Promise<void> {
  const { response, rows } = options;
  const writer = exportWriter(options);
  const send = (text: string) => {
    if (!response.headersSent) {
      response.set({
        'Content-Type': writer.type,
        'Content-Disposition': `attachment; filename="${exportFileName(
          options,
        )}"`,
        'Cache-Control': 'no-store',
      });
    }
    response.write(text);
  };
  try {
    for await (const some of rows) {
      send(writer.write(some));
      // Others have their turn, also where the database answers at once.
      await setImmediate();
      if (response.destroyed) {
        throw new Error('The caller left before the export was complete');
      }
    }
    send(writer.end());
    response.end();
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
    }
    throw error;
  }
}
