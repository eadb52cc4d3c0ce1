import {
  createHash,
  createPublicKey,
  KeyObject,
  verify,
  X509Certificate,
} from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import type { TransparencyLogEntry } from '@sigstore/bundle';
import {
  dsse,
  EXTENSION_OID_SCT,
  json,
  RFC3161Timestamp,
  X509Certificate as ParsedCertificate,
} from '@sigstore/core';
import type { SignedBundle } from 'sandbox';

/** One check of a signature by node:crypto; everything around it is prepared. */
export type BareCheck = () => boolean;

/** Public keys and certificates of a trusted root, read. */
type Authorities = {
  authority: X509Certificate;
  certificateLog: KeyObject;
  transparencyLog: KeyObject;
  timestampAuthority: KeyObject;
};

/** The bare checks of a keyless bundle, by name. */
export type KeylessChecks = Record<
  | 'artefact signature'
  | 'certificate chain'
  | 'SCT'
  | 'log inclusion promise'
  | 'log checkpoint'
  | 'timestamp token',
  BareCheck
>;

/** The signature over the envelope. */
export function bareSignature(
  { dsseEnvelope }: SignedBundle,
  publicKey: KeyObject,
): BareCheck {
  const bytes = dsse.preAuthEncoding(
    dsseEnvelope.payloadType,
    Buffer.from(dsseEnvelope.payload, 'base64'),
  );
  return signatureOver(bytes, {
    publicKey,
    signature: Buffer.from(dsseEnvelope.signatures[0].sig, 'base64'),
  });
}

/** Prepares the bare checks of a keyless bundle; each is run once to see that it holds. */
export function bareKeylessChecks(
  signed: SignedBundle,
  authorities: Authorities,
): KeylessChecks {
  const { verificationMaterial } = bundleFromJSON(signed);
  const { content, tlogEntries, timestampVerificationData } =
    verificationMaterial;
  if (content.$case !== 'certificate') {
    throw new Error(`expected a certificate, got a ${content.$case}`);
  }
  const leaf = new X509Certificate(content.certificate.rawBytes);
  const [entry] = tlogEntries;
  const [timestamp] = timestampVerificationData?.rfc3161Timestamps ?? [];
  const logKey = authorities.transparencyLog;
  const issuerKey = authorities.authority.publicKey;
  const checks: KeylessChecks = {
    'artefact signature': bareSignature(signed, leaf.publicKey),
    'certificate chain': () => leaf.verify(issuerKey),
    SCT: bareTimestampOfLog(leaf, authorities),
    'log inclusion promise': barePromise(entry, logKey),
    'log checkpoint': bareCheckpoint(entry, logKey),
    'timestamp token': bareToken(timestamp.signedTimestamp, {
      publicKey: authorities.timestampAuthority,
    }),
  };
  for (const [name, check] of Object.entries(checks)) {
    if (!check()) {
      throw new Error(`the bare check of the ${name} does not hold`);
    }
  }
  return checks;
}

/** Reads the keys of a trusted root whose every list has one authority. */
export function readAuthorities(trustedRoot: string): Authorities {
  const root = JSON.parse(trustedRoot);
  const logKey = (log: { publicKey: { rawBytes: string } }) =>
    createPublicKey({
      key: Buffer.from(log.publicKey.rawBytes, 'base64'),
      format: 'der',
      type: 'spki',
    });
  const certificate = (authority: {
    certChain: { certificates: { rawBytes: string }[] };
  }) =>
    new X509Certificate(
      Buffer.from(authority.certChain.certificates[0].rawBytes, 'base64'),
    );
  return {
    authority: certificate(root.certificateAuthorities[0]),
    certificateLog: logKey(root.ctlogs[0]),
    transparencyLog: logKey(root.tlogs[0]),
    timestampAuthority: certificate(root.timestampAuthorities[0]).publicKey,
  };
}

function signatureOver(
  bytes: Buffer,
  options: { publicKey: KeyObject; signature: Buffer; hash?: string },
): BareCheck {
  const { publicKey, signature, hash = 'sha256' } = options;
  return () => verify(hash, bytes, publicKey, signature);
}

/** https://www.rfc-editor.org/rfc/rfc6962#section-3.2 */
function bareTimestampOfLog(
  leaf: X509Certificate,
  { authority, certificateLog }: Authorities,
): BareCheck {
  const parsed = ParsedCertificate.parse(Buffer.from(leaf.raw));
  const timestamp = parsed.extSCT?.signedCertificateTimestamps[0];
  if (!timestamp) {
    throw new Error('the certificate has no SCT');
  }
  const index = parsed.extensions.findIndex(
    extension => extension.subs[0].toOID() === EXTENSION_OID_SCT,
  );
  parsed.extensions.splice(index, 1);
  const body = parsed.tbsCertificate.toDER();
  const bodyLength = Buffer.alloc(3);
  bodyLength.writeUIntBE(body.length, 0, 3);
  const extensionsLength = Buffer.alloc(2);
  extensionsLength.writeUInt16BE(timestamp.extensions.length);
  const issuerKeyHash = createHash('sha256')
    .update(authority.publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
  const bytes = Buffer.concat([
    Buffer.from([timestamp.version, 0]), // certificate_timestamp
    timestamp.timestamp,
    Buffer.from([0, 1]), // precert_entry
    issuerKeyHash,
    bodyLength,
    body,
    extensionsLength,
    timestamp.extensions,
  ]);
  return signatureOver(bytes, {
    publicKey: certificateLog,
    signature: timestamp.signature,
    hash: timestamp.algorithm,
  });
}

/** https://github.com/sigstore/rekor/blob/main/openapi.yaml, `signedEntryTimestamp` */
function barePromise(
  entry: TransparencyLogEntry,
  publicKey: KeyObject,
): BareCheck {
  const promise = json.canonicalize({
    body: entry.canonicalizedBody.toString('base64'),
    integratedTime: Number(entry.integratedTime),
    logIndex: Number(entry.logIndex),
    logID: entry.logId.keyId.toString('hex'),
  });
  return signatureOver(Buffer.from(promise), {
    publicKey,
    signature: entry.inclusionPromise?.signedEntryTimestamp ?? Buffer.alloc(0),
  });
}

/** https://github.com/C2SP/C2SP/blob/main/signed-note.md: four bytes before the signature name the key. */
function bareCheckpoint(
  entry: TransparencyLogEntry,
  publicKey: KeyObject,
): BareCheck {
  const note = entry.inclusionProof?.checkpoint?.envelope ?? '';
  const [text, signatures = ''] = note.split('\n\n');
  const line = signatures.trim().split(' ').at(-1) ?? '';
  return signatureOver(Buffer.from(`${text}\n`), {
    publicKey,
    signature: Buffer.from(line, 'base64').subarray(4),
  });
}

/** https://www.rfc-editor.org/rfc/rfc5652#section-5.4: the attributes are signed as a SET, stored as [0]. */
function bareToken(
  der: Uint8Array,
  { publicKey }: { publicKey: KeyObject },
): BareCheck {
  const token = RFC3161Timestamp.parse(Buffer.from(der));
  const signedData = token.root.subs[1].subs[1].subs[0];
  const signerInfo = signedData.subs[signedData.subs.length - 1].subs[0];
  const attributes = signerInfo.subs[3].toDER();
  attributes[0] = 0x31;
  return signatureOver(attributes, {
    publicKey,
    signature: token.signatureValue,
    hash: token.signatureAlgorithm,
  });
}
