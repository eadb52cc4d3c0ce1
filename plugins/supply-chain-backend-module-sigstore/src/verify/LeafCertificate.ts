import type { KeyObject } from 'node:crypto';
import { ASN1Obj, EXTENSION_OID_SCT, X509Certificate } from '@sigstore/core';
import {
  encodeDer,
  RememberingCertificate,
} from 'backstage-plugin-supply-chain-node/trust';
import { Refused } from './Refused';

/** The certificate of a signer, as it came with the signature. */
export class LeafCertificate extends RememberingCertificate {
  readonly #ignoreTimestamps: boolean;

  private constructor(der: Buffer, ignoreTimestamps: boolean) {
    super(der);
    this.#ignoreTimestamps = ignoreTimestamps;
  }

  /**
   * Reads a certificate.
   *
   * @throws Refused when the bytes are no certificate, or hold anything beside it.
   */
  static read(der: Buffer): LeafCertificate {
    try {
      const leaf = new LeafCertificate(der, false);
      if (!encodeDer(leaf.root).equals(der) || leaf.extensions.length === 0) {
        throw new Error('not a DER certificate of version 3');
      }
      return leaf;
    } catch (error) {
      throw new Refused('certificateInvalid', (error as Error).message);
    }
  }

  /**
   * The key it certifies.
   *
   * @throws Refused when it cannot be read.
   */
  override readPublicKey(): KeyObject {
    try {
      return super.readPublicKey();
    } catch (error) {
      throw new Refused('unsupportedAlgorithm', (error as Error).message);
    }
  }

  /** Whether it carries signed certificate timestamps. */
  get hasTimestamps(): boolean {
    return (this.extSCT?.signedCertificateTimestamps.length ?? 0) > 0;
  }

  /** The same certificate, whose signed certificate timestamps are not looked at. */
  withoutTimestamps(): LeafCertificate {
    return new LeafCertificate(this.der, true);
  }

  /**
   * The library verifies signed certificate timestamps on a clone that it takes the extension out of, always, and fails
   * on one whose log it does not know. Where a trust root says `signedCertificateTimestamps: none`, the clone carries
   * none.
   */
  override clone(): X509Certificate {
    const clone = new X509Certificate(copyOf(this.root));
    if (this.#ignoreTimestamps) {
      const index = clone.extensions.findIndex(
        extension => extension.subs[0].toOID() === EXTENSION_OID_SCT,
      );
      if (index >= 0) {
        clone.extensions.splice(index, 1);
      }
    }
    return clone;
  }
}

/** An object that is written to DER faster than the library does. */
class FastObject extends ASN1Obj {
  override toDER(): Buffer {
    return encodeDer(this);
  }
}

const EXTENSIONS_TAG = 3;

/** A copy whose list of extensions may change; everything else is shared. */
function copyOf({ tag, value, subs: [tbs, ...others] }: ASN1Obj): ASN1Obj {
  const fields = tbs.subs.map(field => {
    if (!field.tag.isContextSpecific(EXTENSIONS_TAG)) {
      return field;
    }
    const [list] = field.subs;
    const copy = new ASN1Obj(list.tag, list.value, [...list.subs]);
    return new ASN1Obj(field.tag, field.value, [copy]);
  });
  return new ASN1Obj(tag, value, [
    new FastObject(tbs.tag, tbs.value, fields),
    ...others,
  ]);
}
