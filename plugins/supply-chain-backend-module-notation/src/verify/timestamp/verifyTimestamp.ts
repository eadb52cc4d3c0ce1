import { constants, createHash, KeyObject, verify } from 'node:crypto';
import { classifyPublicKey } from 'backstage-plugin-supply-chain-node/trust';
import { Refused } from '../Refused';
import { Certificate } from '../x509/Certificate';
import { checkTimestampLeaf } from '../x509/certificateProfiles';
import { hashOf, signatureKindOf } from '../x509/signatureAlgorithms';
import { findTimestampChain } from './findTimestampChain';
import { parseTimestampToken, TimestampToken } from './parseTimestampToken';
import { readTimestampPeriod, TimestampPeriod } from './readTimestampPeriod';

/** `rsaEncryption`: the hash is that of the digest beside it (RFC 5754, section 3.2). */
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

/**
 * Verifies a timestamp over bytes and gives the time it proves, as a period as long as the authority is inaccurate.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#steps
 *
 * @throws Refused always with `timestampInvalid`
 */
export function verifyTimestamp(options: {
  token: Buffer;
  stamped: Buffer;
  /** The trusted timestamp authorities. */
  roots: Certificate[];
}): TimestampPeriod {
  try {
    const token = parseTimestampToken(options.token);
    checkImprint(token, options.stamped);
    const leaf = findSigner(token);
    checkSignature(token, leaf);
    checkTimestampLeaf(leaf);
    const period = readTimestampPeriod(token.info);
    findTimestampChain({
      leaf,
      certificates: token.certificates,
      roots: options.roots,
      time: period.time,
    });
    return period;
  } catch (error) {
    throw new Refused('timestampInvalid', (error as Error).message);
  }
}

function checkImprint({ info }: TimestampToken, stamped: Buffer): void {
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const hash = hashOf(hashAlgorithm);
  const isAbout =
    hash !== undefined &&
    digest(hash, stamped).equals(hashedMessage.valueBlock.valueHexView);
  if (!isAbout) {
    throw invalid('it is about another signature');
  }
}

function findSigner({ certificates, signer }: TimestampToken): Certificate {
  const { hash, digest: expected } = signer.certificateHash;
  const leaf = certificates.find(
    certificate =>
      certificate.issuerDer.equals(signer.issuerDer) &&
      certificate.serialNumber.equals(signer.serialNumber) &&
      digest(hash, certificate.der).equals(expected),
  );
  if (!leaf) {
    throw invalid('the certificate of its signer is not there');
  }
  return leaf;
}

function checkSignature(
  { signer, content }: TimestampToken,
  leaf: Certificate,
): void {
  const hash = hashOf(signer.digestAlgorithm);
  if (!hash || !digest(hash, content).equals(signer.messageDigest)) {
    throw invalid('its signer signed another timestamp');
  }
  const key = leaf.publicKey;
  if (!classifyPublicKey(key).ok || !isSignedBy(signer, { key, hash })) {
    throw invalid('its certificate does not verify it');
  }
}

function isSignedBy(
  { signatureAlgorithm, signedDer, signature }: TimestampToken['signer'],
  { key, hash }: { key: KeyObject; hash: string },
): boolean {
  const kind =
    signatureAlgorithm.algorithmId === RSA_ENCRYPTION
      ? { key: 'rsa', hash }
      : signatureKindOf(signatureAlgorithm);
  const keyType = kind?.key === 'rsa-pss' ? 'rsa' : kind?.key;
  return (
    kind?.hash === hash &&
    keyType === key.asymmetricKeyType &&
    verify(
      hash,
      signedDer,
      kind.key === 'rsa-pss'
        ? {
            key,
            padding: constants.RSA_PKCS1_PSS_PADDING,
            saltLength: constants.RSA_PSS_SALTLEN_AUTO,
          }
        : key,
      signature,
    )
  );
}

function digest(hash: string, bytes: Uint8Array): Buffer {
  return createHash(hash).update(bytes).digest();
}

function invalid(message: string): Refused {
  return new Refused('timestampInvalid', message);
}
