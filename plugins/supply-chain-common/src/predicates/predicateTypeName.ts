/** Beginnings of predicate types and what people call them; the first that fits. */
const NAMES: readonly (readonly [string, string])[] = [
  ['https://slsa.dev/provenance/', 'SLSA provenance'],
  ['https://slsa.dev/verification_summary/', 'Verification summary'],
  ['https://sigstore.dev/cosign/sign/', 'Cosign signature'],
  ['https://spdx.dev/Document', 'SPDX'],
  ['https://cyclonedx.org/bom', 'CycloneDX'],
  ['https://syft.dev/bom', 'Syft'],
  ['https://openvex.dev/ns', 'OpenVEX'],
  ['https://cosign.sigstore.dev/attestation/vuln/', 'Vulnerability scan'],
  ['https://in-toto.io/attestation/vulns', 'Vulnerability scan'],
  ['https://cosign.sigstore.dev/attestation/', 'Custom'],
  ['cosign.sigstore.dev/attestation/', 'Custom'],
  ['https://in-toto.io/Link/', 'Link'],
  ['https://in-toto.io/attestation/link/', 'Link'],
  ['https://in-toto.io/attestation/test-result/', 'Test result'],
  ['https://in-toto.io/attestation/release/', 'Release'],
  ['https://in-toto.io/attestation/scai', 'SCAI'],
  ['https://in-toto.io/attestation/svr/', 'Simple verification result'],
  ['https://in-toto.io/attestation/runtime-trace/', 'Runtime trace'],
  ['https://in-toto.io/attestation/reference/', 'Reference'],
  ['https://github.com/npm/attestation/', 'npm publish'],
  ['https://in-toto.io/Provenance/', 'SLSA provenance'],
];

/**
 * What people call a type of predicate, or `undefined` when it is not known.
 *
 * https://github.com/in-toto/attestation/tree/main/spec/predicates
 *
 * @public
 */
export function predicateTypeName(predicateType: string): string | undefined {
  return NAMES.find(([start]) => predicateType.startsWith(start))?.[1];
}
