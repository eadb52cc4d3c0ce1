import { AlgorithmIdentifier, RSASSAPSSParams } from 'pkijs';

/** Hashes that may be signed; SHA-1 is not among them. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

export type SignatureKind = { key: 'rsa' | 'rsa-pss' | 'ec'; hash: string };

/** https://www.rfc-editor.org/rfc/rfc4055 and https://www.rfc-editor.org/rfc/rfc5758 */
const SIGNATURES: ReadonlyMap<string, SignatureKind> = new Map([
  ['1.2.840.113549.1.1.11', { key: 'rsa', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { key: 'rsa', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { key: 'rsa', hash: 'sha512' }],
  ['1.2.840.10045.4.3.2', { key: 'ec', hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { key: 'ec', hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { key: 'ec', hash: 'sha512' }],
]);

const RSA_PSS = '1.2.840.113549.1.1.10';

/** The hash an object identifier stands for, or `undefined` when it is none that may be used. */
export function hashOf(algorithm: AlgorithmIdentifier): string | undefined {
  return HASHES.get(algorithm.algorithmId);
}

/** What kind of signature an algorithm stands for, or `undefined` when it is none that may be used. */
export function signatureKindOf(
  algorithm: AlgorithmIdentifier,
): SignatureKind | undefined {
  if (algorithm.algorithmId !== RSA_PSS) {
    return SIGNATURES.get(algorithm.algorithmId);
  }
  const parameters = new RSASSAPSSParams({ schema: algorithm.algorithmParams });
  const hash = hashOf(parameters.hashAlgorithm);
  return hash === undefined ? undefined : { key: 'rsa-pss', hash };
}
