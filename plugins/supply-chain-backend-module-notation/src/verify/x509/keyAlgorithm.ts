import { constants, KeyObject, verify } from 'node:crypto';
import { classifyPublicKey } from 'backstage-plugin-supply-chain-node/trust';
import { NotationAlgorithm } from '../envelope/envelope';
import { Refused } from '../Refused';

/** The algorithm for each size of an RSA key; no other size may sign. */
const RSA: ReadonlyMap<number | undefined, NotationAlgorithm> = new Map([
  [2048, 'PS256'],
  [3072, 'PS384'],
  [4096, 'PS512'],
]);

const HASHES: Record<NotationAlgorithm, string> = {
  PS256: 'sha256',
  PS384: 'sha384',
  PS512: 'sha512',
  ES256: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
};

/**
 * The one algorithm a key signs with.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#algorithm-selection
 *
 * @throws Refused when the key may not sign at all
 */
export function algorithmOf(key: KeyObject): NotationAlgorithm {
  const kind = classifyPublicKey(key);
  if (!kind.ok) {
    throw new Refused(kind.reason, kind.message);
  }
  switch (kind.algorithm) {
    case 'ecdsa-p256':
      return 'ES256';
    case 'ecdsa-p384':
      return 'ES384';
    case 'ecdsa-p521':
      return 'ES512';
    default: {
      const algorithm = RSA.get(key.asymmetricKeyDetails?.modulusLength);
      if (kind.algorithm !== 'rsa' || !algorithm) {
        throw new Refused(
          'unsupportedAlgorithm',
          'expected ECDSA, or RSA of 2048, 3072 or 4096 bits',
        );
      }
      return algorithm;
    }
  }
}

/** Whether the key of this algorithm made the signature. */
export function verifiesSignature(options: {
  key: KeyObject;
  algorithm: NotationAlgorithm;
  signed: Buffer;
  signature: Buffer;
}): boolean {
  const { key, algorithm, signed, signature } = options;
  return verify(
    HASHES[algorithm],
    signed,
    key.asymmetricKeyType === 'rsa'
      ? {
          key,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          // https://www.rfc-editor.org/rfc/rfc7518#section-3.5 and RFC 8230, section 2
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        }
      : { key, dsaEncoding: 'ieee-p1363' },
    signature,
  );
}
