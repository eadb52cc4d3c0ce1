import {
  createPublicKey,
  KeyObject,
  X509Certificate as NativeCertificate,
} from 'node:crypto';
import { ASN1Obj, X509Certificate } from '@sigstore/core';
import { encodeDer } from './encodeDer';

/** Hashes of certificate signatures that OpenSSL may be asked about; for others the library decides. */
const STRONG_HASHES = new Set(['sha256', 'sha384', 'sha512']);

/**
 * A certificate that remembers: its bytes, its key, and which issuers it was verified with. Verifying a signature walks
 * the whole chain at every trusted time and writes certificates back to DER at every step, in JavaScript; here the
 * bytes that were read are used, OpenSSL verifies them, and what comes from a trust root is verified once.
 *
 * @public
 */
export class RememberingCertificate extends X509Certificate {
  readonly #der: Buffer;
  readonly #verified = new WeakMap<X509Certificate, boolean>();
  #spki?: Buffer;
  #key?: KeyObject;

  /** Reads a certificate; throws when the bytes are not DER. */
  static fromDer(der: Uint8Array): RememberingCertificate {
    return new RememberingCertificate(der);
  }

  protected constructor(der: Uint8Array) {
    const bytes = Buffer.from(der);
    super(ASN1Obj.parseBuffer(bytes));
    this.#der = bytes;
  }

  /** The bytes it was read from. */
  get der(): Buffer {
    return this.#der;
  }

  /** DER of the public key (SPKI). */
  override get publicKey(): Buffer {
    this.#spki ??= encodeDer(subjectPublicKeyInfoOf(this.root));
    return this.#spki;
  }

  /** The public key; throws when it cannot be read. */
  readPublicKey(): KeyObject {
    this.#key ??= createPublicKey({
      key: this.publicKey,
      format: 'der',
      type: 'spki',
    });
    return this.#key;
  }

  override equals(other: X509Certificate): boolean {
    return other instanceof RememberingCertificate
      ? other.der.equals(this.#der)
      : super.equals(other);
  }

  override clone(): X509Certificate {
    return X509Certificate.parse(Buffer.from(this.#der));
  }

  /** Whether the issuer signed this certificate; without one, whether it signed itself. */
  override verify(issuerCertificate?: X509Certificate): boolean {
    const issuer = issuerCertificate ?? this;
    const known = this.#verified.get(issuer);
    if (known !== undefined) {
      return known;
    }
    const verified =
      issuer instanceof RememberingCertificate &&
      STRONG_HASHES.has(this.signatureAlgorithm)
        ? new NativeCertificate(this.#der).verify(issuer.readPublicKey())
        : super.verify(issuerCertificate);
    this.#verified.set(issuer, verified);
    return verified;
  }
}

/** RFC 5280, section 4.1: the field after the subject, counted with the optional version. */
function subjectPublicKeyInfoOf({ subs: [tbs] }: ASN1Obj): ASN1Obj {
  return tbs.subs[tbs.subs[0].tag.isContextSpecific(0) ? 6 : 5];
}
