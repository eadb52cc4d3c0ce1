import { ASN1Obj, X509Certificate } from '@sigstore/core';

/**
 * A certificate that remembers which issuers it was verified with. Verifying a signature walks the whole chain at every
 * trusted time; the part of it that comes from a trust root never changes, so it is computed once per trust root.
 *
 * @public
 */
export class RememberingCertificate extends X509Certificate {
  readonly #verified = new WeakMap<X509Certificate, boolean>();

  /** Reads a certificate; throws when the bytes are not DER. */
  static fromDer(der: Uint8Array): RememberingCertificate {
    return new RememberingCertificate(ASN1Obj.parseBuffer(Buffer.from(der)));
  }

  /** Whether the issuer signed this certificate; without one, whether it signed itself. */
  override verify(issuerCertificate?: X509Certificate): boolean {
    const issuer = issuerCertificate ?? this;
    const known = this.#verified.get(issuer);
    if (known !== undefined) {
      return known;
    }
    const verified = super.verify(issuerCertificate);
    this.#verified.set(issuer, verified);
    return verified;
  }
}
