import { schema } from 'backstage-plugin-supply-chain-common';

/** What an SBOM of Trivy says of itself. */
export const IMAGE_CONTENTS: schema.ImageContents = {
  status: 'present',
  format: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: 'urn:uuid:6d6d619a-5129-4ab7-adec-593ca1561e02',
  components: 259,
  generatedAt: '2026-11-23T09:00:00.000Z',
  tool: { name: 'Trivy', version: '0.72.0' },
  platforms: ['linux/amd64'],
};

/** A page of components. */
export function imageComponents(
  changes: Partial<schema.ImageComponentPage> = {},
): schema.ImageComponentPage {
  return {
    contents: IMAGE_CONTENTS,
    total: 259,
    items: [
      {
        name: 'api',
        group: '@opentelemetry',
        version: '1.9.0',
        type: 'library',
        licences: ['Apache-2.0'],
        purl: 'pkg:npm/%40opentelemetry/api@1.9.0',
      },
      { name: 'alpine', version: '3.20.1', type: 'operating-system' },
    ],
    ...changes,
  };
}
