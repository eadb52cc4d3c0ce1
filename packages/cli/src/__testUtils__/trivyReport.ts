import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Json = Record<string, any>;

/** A real report of Trivy without findings; see the README beside it. */
const FIXTURE = resolve(
  __dirname,
  '../../../../plugins/supply-chain-common/src/vulnerabilities/trivy/__fixtures__/unsigned-1.0.0.json',
);

/** A finding of a report. */
export const CRITICAL = {
  VulnerabilityID: 'CVE-2026-1000',
  PkgName: 'openssl',
  InstalledVersion: '3.0.1',
  FixedVersion: '3.0.2',
  Severity: 'CRITICAL',
  PublishedDate: '2020-01-01T00:00:00Z',
};

/** A real report, of another image and with other findings. */
export function trivyReport(options: {
  /** What `RepoDigests` names; absent: nothing. */
  digest?: string;
  imageId?: string;
  createdAt: Date;
  /** @defaultValue amd64 */
  architecture?: string;
  findings?: Json[];
  change?: (report: Json) => void;
}): string {
  const { digest, imageId, createdAt, architecture, findings } = options;
  const report: Json = JSON.parse(readFileSync(FIXTURE, 'utf8'));
  report.CreatedAt = createdAt.toISOString();
  report.Metadata.RepoDigests = digest
    ? [`registry.acme.example/scanned@${digest}`]
    : [];
  report.Metadata.ImageID = imageId ?? `sha256:${'c'.repeat(64)}`;
  report.Metadata.ImageConfig.architecture = architecture ?? 'amd64';
  report.Results[0].Vulnerabilities = findings ?? [];
  options.change?.(report);
  return JSON.stringify(report);
}
