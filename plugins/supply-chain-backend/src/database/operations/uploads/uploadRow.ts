import {
  EvidenceOf,
  VulnerabilityDetail,
} from 'backstage-plugin-supply-chain-common';
import { contentHash } from '../../contentHash';
import { ScanRow, UploadRow } from '../../tables';
import { scanDetailOf, scanRowOf } from '../reports/reportRow';

/** Id under which evidence that was handed in appears. */
export const UPLOAD_COLLECTOR = 'upload';

/** What an upload is about, and who stands behind it. */
export type UploadOrigin = Pick<
  UploadRow,
  'entity_ref' | 'repository' | 'digest' | 'trust' | 'uploaded_by'
>;

/** An upload before it is stored. */
export type Upload = UploadOrigin &
  Pick<UploadRow, 'format' | 'body_hash' | 'uploaded_at'> & {
    content: { kind: 'vulnerabilities'; detail: VulnerabilityDetail };
  };

/** An upload as it stands in the tables. */
export function uploadRowOf({ content, ...upload }: Upload): {
  row: UploadRow;
  scan: ScanRow;
} {
  const { kind, detail } = content;
  const scan = scanRowOf(detail);
  const origin = detail.scanner.name;
  const platform = detail.platform ?? '';
  return {
    row: {
      id: contentHash([
        upload.entity_ref,
        upload.repository,
        upload.digest,
        kind,
        origin,
        platform,
        upload.trust,
        upload.uploaded_by,
      ]),
      ...upload,
      kind,
      origin,
      platform,
      made_at: detail.scannedAt,
      scan_hash: scan.hash,
      detail: JSON.stringify({ artifact: detail.artifact }),
    },
    scan,
  };
}

/** The evidence of a stored scan. */
export function uploadedScanOf(
  row: UploadRow,
  scan: ScanRow,
): EvidenceOf<'vulnerabilities'> {
  const { artifact }: Pick<VulnerabilityDetail, 'artifact'> = JSON.parse(
    row.detail!,
  );
  return {
    subject: { type: 'content', digest: artifact.digest! },
    collector: UPLOAD_COLLECTOR,
    kind: 'vulnerabilities',
    status: 'present',
    observedAt: row.uploaded_at,
    scope: { entityRef: row.entity_ref },
    trust: row.trust,
    uploadedBy: row.uploaded_by,
    detail: {
      ...scanDetailOf(scan),
      scannedAt: row.made_at,
      artifact,
      ...(row.platform && { platform: row.platform }),
    },
  };
}
