import { RunningContent } from 'backstage-plugin-supply-chain-node';
import { ClairClient, ClairScan } from './ClairClient';
import { clairFailure, ClairFailure } from './ClairResult';

/** What came of a scan. */
export type ContentScan = ({ ok: true } & ClairScan) | ClairFailure;

/** Options of {@link scanContent}. */
export type ScanContentOptions = {
  client: ClairClient;
  content: RunningContent;
  /** The state of the indexer now. */
  state: string;
  /** The one this image was indexed with before. */
  indexedState?: string;
  signal: AbortSignal;
};

/** Has an image indexed where that is needed, and reads the report on it. */
export async function scanContent(
  options: ScanContentOptions,
): Promise<ContentScan> {
  const { client, content, state, indexedState, signal } = options;
  if (indexedState !== state) {
    const indexed = await client.index(content, { indexedState, signal });
    if (!indexed.ok) {
      return indexed;
    }
  }
  let scan = await client.readReport(content.digest, signal);
  if (!scan.ok && scan.notIndexed && indexedState !== undefined) {
    // It was indexed once, and Clair has deleted it since, or its database is another.
    const indexed = await client.index(content, { signal });
    if (!indexed.ok) {
      return indexed;
    }
    scan = await client.readReport(content.digest, signal);
  }
  if (!scan.ok) {
    // What is indexed is not submitted again while only the matcher is not ready.
    return { ...scan, isIndexed: !scan.notIndexed };
  }
  const { report, maxAgeMs } = scan.value;
  return report.coversPackages
    ? { ok: true, report, ...(maxAgeMs !== undefined && { maxAgeMs }) }
    : {
        ...clairFailure(
          'scanWithoutPackages',
          'Clair found no package in it, so it compared nothing',
        ),
        isIndexed: true,
      };
}
