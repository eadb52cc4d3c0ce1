import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  ExportFormat,
  exportFileName,
  supplyChainExportPermission,
} from 'backstage-plugin-supply-chain-common';
import { ExportApi, supplyChainApiRef } from '../api';
import { saveFile } from '../export/saveFile';

/** What an export asks for. */
export type ExportSource = {
  /** Parts of the name of the file. */
  of: readonly string[];
  read: (api: ExportApi, format: ExportFormat) => Promise<Blob>;
};

/** An export as the page shows it. */
export type Export = {
  allowed: boolean;
  permission: string;
  running: boolean;
  error?: Error;
  start(format: ExportFormat): void;
};

/**
 * Saves all rows a page could show under its filters, as the backend writes them.
 */
export function useExport(source: ExportSource): Export {
  const { exports } = useApi(supplyChainApiRef);
  const { allowed } = usePermission({
    permission: supplyChainExportPermission,
  });
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error>();
  const { of, read } = source;
  const start = (format: ExportFormat) => {
    setRunning(true);
    setError(undefined);
    read(exports, format)
      .then(content =>
        saveFile({ name: exportFileName({ of, format }), content }),
      )
      .catch(cause => setError(toError(cause)))
      .finally(() => setRunning(false));
  };
  return {
    allowed,
    permission: supplyChainExportPermission.name,
    running,
    error,
    start,
  };
}
