import { predicateTypeName } from './predicateTypeName';

describe('predicateTypeName', () => {
  it.each([
    ['https://slsa.dev/provenance/v1', 'SLSA provenance'],
    ['https://spdx.dev/Document/v2.3', 'SPDX'],
    ['https://cyclonedx.org/bom/v1.5', 'CycloneDX'],
    ['https://openvex.dev/ns/v0.2.0', 'OpenVEX'],
    ['https://cosign.sigstore.dev/attestation/vuln/v1', 'Vulnerability scan'],
    ['https://cosign.sigstore.dev/attestation/v1', 'Custom'],
    ['https://slsa.dev/verification_summary/v1', 'Verification summary'],
    ['https://in-toto.io/Link/v1', 'Link'],
    ['https://in-toto.io/attestation/test-result/v0.1', 'Test result'],
    ['https://in-toto.io/attestation/release/v0.1', 'Release'],
    ['https://in-toto.io/attestation/scai/attribute-report/v0.2', 'SCAI'],
    ['https://example.test/own/v1', undefined],
    ['constructor', undefined],
  ])('calls %s %s', (type, name) => {
    expect(predicateTypeName(type)).toBe(name);
  });
});
