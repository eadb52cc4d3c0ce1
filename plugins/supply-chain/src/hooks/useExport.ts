import { useCallback, useState } from 'react';
import { toError } from '@backstage/errors';
import { usePermission } from '@backstage/plugin-permission-react';
import { supplyChainExportPermission } from 'backstage-plugin-supply-chain-common';
import { saveFile } from '../export/saveFile';
import { ExportTable, toCsv } from '../export/toCsv';
import { toJson } from '../export/toJson';

/** What an export writes. */
export type ExportSource<T> = {
  /** File name without its ending. */
  name: string;
  /** Exactly the filtered rows. */
  rows: () => Promise<readonly T[]>;
  toTable: (rows: readonly T[]) => ExportTable;
};

/** An export as the page shows it. */
export type Export = {
  allowed: boolean;
  permission: string;
  running: boolean;
  error?: Error;
  start(format: 'csv' | 'json'): void;
};

async function write<T>(
  source: ExportSource<T>,
  format: 'csv' | 'json',
): Promise<void> {
  const rows = await source.rows();
  if (format === 'csv') {
    saveFile({
      name: `${source.name}.csv`,
      type: 'text/csv;charset=utf-8',
      content: toCsv(source.toTable(rows)),
    });
  } else {
    saveFile({
      name: `${source.name}.json`,
      type: 'application/json',
      content: toJson(rows),
    });
  }
}

/**
 * Writes the filtered rows into a file.
 */
export function useExport<T>(source: ExportSource<T>): Export {
  const { allowed } = usePermission({
    permission: supplyChainExportPermission,
  });
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error>();
  const start = useCallback(
    (format: 'csv' | 'json') => {
      setRunning(true);
      setError(undefined);
      write(source, format)
        .catch(cause => setError(toError(cause)))
        .finally(() => setRunning(false));
    },
    [source],
  );
  return {
    allowed,
    permission: supplyChainExportPermission.name,
    running,
    error,
    start,
  };
}
