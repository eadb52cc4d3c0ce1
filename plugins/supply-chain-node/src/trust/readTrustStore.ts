import { X509Certificate } from 'node:crypto';
import { Material } from 'backstage-plugin-supply-chain-common';
import { TrustResult } from './compiledTrustRoot';

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const TIMESTAMP_AUTHORITIES = 'tsa:';

/**
 * Reads the certificates of a trust store of the Notary Project, DER. Each is a certificate authority or signed by
 * itself; in a store of timestamp authorities both. What somebody else issued for a signer would pin that signer past
 * its authority, and is refused as the reference client refuses it.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#trust-store
 *
 * @param name - `<type>:<name>`
 * @public
 */
export function readTrustStore(
  name: string,
  materials: readonly Material[],
): TrustResult<Buffer[]> {
  const certificates: Buffer[] = [];
  for (const { content, source } of materials) {
    const blocks = content.match(PEM) ?? [];
    const read = blocks.map(readCertificate);
    const isOfAuthorities = read.every(
      certificate => certificate && isRoot(certificate, name),
    );
    if (read.length === 0 || !isOfAuthorities) {
      return {
        ok: false,
        reason: 'trustStoreInvalid',
        message: `${source}: expected root certificates in PEM for the trust store "${name}"`,
      };
    }
    certificates.push(...read.map(certificate => certificate!.raw));
  }
  return { ok: true, value: certificates };
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    // Node has no other way to say that the text is no certificate; the caller reports it.
    return undefined;
  }
}

function isRoot(certificate: X509Certificate, store: string): boolean {
  const isSelfSigned =
    certificate.subject === certificate.issuer &&
    certificate.verify(certificate.publicKey);
  return store.startsWith(TIMESTAMP_AUTHORITIES)
    ? certificate.ca && isSelfSigned
    : certificate.ca || isSelfSigned;
}
