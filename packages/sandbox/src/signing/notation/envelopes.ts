import { constants, KeyObject, sign } from 'node:crypto';
import { CborMap, CborTag, CborValue, encodeCbor } from './cbor';
import { IssuedCertificate } from './issueCertificate';

type Algorithm = { jws: string; cose: number; hash: string };

const COSE_SIGN1 = 18;

/** By kind and size of the key: https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#algorithm-selection */
const ALGORITHMS: Record<string, Algorithm> = {
  'rsa-2048': { jws: 'PS256', cose: -37, hash: 'sha256' },
  'rsa-3072': { jws: 'PS384', cose: -38, hash: 'sha384' },
  'rsa-4096': { jws: 'PS512', cose: -39, hash: 'sha512' },
  'ec-prime256v1': { jws: 'ES256', cose: -7, hash: 'sha256' },
  'ec-secp384r1': { jws: 'ES384', cose: -35, hash: 'sha384' },
  'ec-secp521r1': { jws: 'ES512', cose: -36, hash: 'sha512' },
};

/**
 * The algorithm the Notary Project prescribes for a key; for any other key the one of its smallest sibling, so that
 * signatures nobody should accept can be made too.
 * @public
 */
export function notationAlgorithm(key: KeyObject): Algorithm {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const isRsa = key.asymmetricKeyType === 'rsa';
  return (
    ALGORITHMS[isRsa ? `rsa-${modulusLength}` : `ec-${namedCurve}`] ??
    ALGORITHMS[isRsa ? 'rsa-2048' : 'ec-prime256v1']
  );
}

function signBytes(key: KeyObject, bytes: Buffer): Buffer {
  return sign(notationAlgorithm(key).hash, bytes, {
    key,
    dsaEncoding: 'ieee-p1363',
    ...(key.asymmetricKeyType === 'rsa' && {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }),
  });
}

/**
 * What goes into an envelope, in its own words.
 * @public
 */
export interface EnvelopeParts<Headers> {
  protectedHeaders: Headers;
  /** Made once the signature is known. */
  unprotectedHeaders(signature: Buffer): Headers;
  payload: Buffer;
  signer: IssuedCertificate;
}

/**
 * A JWS in the flattened JSON form (RFC 7515, section 7.2.2).
 * @public
 */
export function createJws(
  parts: EnvelopeParts<Record<string, unknown>>,
): Buffer {
  const protectedText = Buffer.from(
    JSON.stringify(parts.protectedHeaders),
  ).toString('base64url');
  const payload = parts.payload.toString('base64url');
  const signature = signBytes(
    parts.signer.privateKey,
    Buffer.from(`${protectedText}.${payload}`),
  );
  return Buffer.from(
    JSON.stringify({
      payload,
      protected: protectedText,
      header: parts.unprotectedHeaders(signature),
      signature: signature.toString('base64url'),
    }),
  );
}

/**
 * A tagged COSE_Sign1 (RFC 9052, section 4.2).
 * @public
 */
export function createCoseSign1(
  parts: EnvelopeParts<[CborValue, CborValue][]>,
): Buffer {
  const { payload, signer } = parts;
  const protectedBytes = encodeCbor(new CborMap(parts.protectedHeaders));
  const signature = signBytes(
    signer.privateKey,
    encodeCbor(['Signature1', protectedBytes, Buffer.alloc(0), payload]),
  );
  return encodeCbor(
    new CborTag(COSE_SIGN1, [
      protectedBytes,
      new CborMap(parts.unprotectedHeaders(signature)),
      payload,
      signature,
    ]),
  );
}
