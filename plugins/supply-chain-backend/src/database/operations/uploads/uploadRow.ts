import {
  Digest,
  EvidenceOf,
  VexDetail,
  VulnerabilityDetail,
} from 'backstage-plugin-supply-chain-common';
import {
  PackedScan,
  packScan,
  ScanContent,
} from 'backstage-plugin-supply-chain-node';
import { contentHash } from '../../contentHash';
import { UploadRow } from '../../tables';

/** Id under which evidence that was handed in appears. */
export const UPLOAD_COLLECTOR = 'upload';

/** What an upload is about, and who stands behind it. */
export type UploadOrigin = Pick<
  UploadRow,
  'entity_ref' | 'repository' | 'digest' | 'trust' | 'uploaded_by'
>;

/** What an upload holds. */
export type UploadContent =
  | { kind: 'vulnerabilities'; detail: VulnerabilityDetail }
  | { kind: 'vex'; detail: VexDetail };

/** An upload before it is stored. */
export type Upload = UploadOrigin &
  Pick<UploadRow, 'format' | 'body_hash' | 'uploaded_at'> & {
    content: UploadContent;
  };

/** Evidence that was handed in. */
export type UploadedEvidence =
  | EvidenceOf<'vulnerabilities'>
  | EvidenceOf<'vex'>;

/** An upload as it stands in the tables. */
export function uploadRowOf({ content, ...upload }: Upload): {
  row: UploadRow;
  scan?: PackedScan;
} {
  const scan =
    content.kind === 'vulnerabilities' ? packScan(content.detail) : undefined;
  const columns = columnsOf(content, upload.uploaded_at);
  const { kind } = content;
  return {
    row: {
      id: contentHash([
        upload.entity_ref,
        upload.repository,
        upload.digest,
        kind,
        columns.origin,
        columns.platform,
        upload.trust,
        upload.uploaded_by,
      ]),
      ...upload,
      kind,
      ...columns,
      scan_hash: scan?.hash ?? null,
    },
    ...(scan && { scan }),
  };
}

function columnsOf(
  content: UploadContent,
  uploadedAt: string,
): Pick<UploadRow, 'origin' | 'platform' | 'made_at' | 'detail'> {
  if (content.kind === 'vulnerabilities') {
    const { scanner, platform, scannedAt, artifact } = content.detail;
    return {
      origin: scanner.name,
      platform: platform ?? '',
      made_at: scannedAt,
      detail: JSON.stringify({ artifact }),
    };
  }
  const { id, author, issuedAt } = content.detail;
  return {
    origin: id ?? author ?? '',
    platform: '',
    made_at: issuedAt ?? uploadedAt,
    detail: JSON.stringify(content.detail),
  };
}

/** The VEX document of a stored upload. */
export function vexDetailOf({ detail }: UploadRow): VexDetail {
  return JSON.parse(detail!);
}

/** The evidence of a stored upload; undefined when its scan is gone. */
export function uploadedEvidenceOf(
  row: UploadRow,
  scan: ScanContent | undefined,
): UploadedEvidence | undefined {
  const about = {
    collector: UPLOAD_COLLECTOR,
    status: 'present',
    observedAt: row.uploaded_at,
    scope: { entityRef: row.entity_ref },
    trust: row.trust,
    uploadedBy: row.uploaded_by,
  } as const;
  if (row.kind === 'vex') {
    const { repository } = row;
    const digest = row.digest as Digest;
    return {
      ...about,
      subject: { type: 'image', repository, digest },
      kind: 'vex',
      detail: vexDetailOf(row),
    };
  }
  return scan && { ...about, ...scanOf(row, scan) };
}

function scanOf(
  row: UploadRow,
  scan: ScanContent,
): Pick<EvidenceOf<'vulnerabilities'>, 'subject' | 'kind' | 'detail'> {
  const { artifact }: Pick<VulnerabilityDetail, 'artifact'> = JSON.parse(
    row.detail!,
  );
  return {
    subject: { type: 'content', digest: artifact.digest! },
    kind: 'vulnerabilities',
    detail: {
      ...scan,
      scannedAt: row.made_at,
      artifact,
      ...(row.platform && { platform: row.platform }),
    },
  };
}
