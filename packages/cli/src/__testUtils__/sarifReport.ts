import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const RECORDED = join(
  __dirname,
  '../../../../plugins/supply-chain-common/src/vulnerabilities/sarif/__fixtures__/web-1.0.0.sarif',
);

/** What Trivy wrote as SARIF of an image, about another digest. */
export function sarifReport(digest: string): string {
  return readFileSync(RECORDED, 'utf8').replaceAll(
    /@sha256:[0-9a-f]{64}/g,
    `@${digest}`,
  );
}
