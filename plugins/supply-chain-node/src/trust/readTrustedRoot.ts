import { createHash } from 'node:crypto';
import {
  CertificateAuthority,
  TransparencyLogInstance,
  TrustedRoot,
} from '@sigstore/protobuf-specs';
import { toTrustMaterial } from '@sigstore/verify';
import { parseStrictJson } from 'backstage-plugin-supply-chain-common';
import { SigstoreAuthorities, TrustResult } from './compiledTrustRoot';
import { classifyPublicKey } from './readPublicKey';
import { RememberingCertificate } from './RememberingCertificate';

const TRUSTED_ROOT_MAX_BYTES = 4 * 1024 * 1024;

// https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_trustroot.proto
const TRUSTED_ROOT_MEDIA_TYPES = new Set([
  'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
  'application/vnd.dev.sigstore.trustedroot.v0.2+json',
]);

/** Says what is wrong with a trusted root; the caller turns it into a value. */
class Incomplete extends Error {}

/**
 * Reads a Sigstore `trusted_root.json`. Everything in it must be complete: an authority without a start of validity
 * would be valid forever, and of two logs with one id either could answer for the other.
 *
 * @public
 */
export function readTrustedRoot(
  content: string,
): TrustResult<SigstoreAuthorities> {
  try {
    const json = parseStrictJson(content, { maxBytes: TRUSTED_ROOT_MAX_BYTES });
    if (!json.ok) {
      throw new Incomplete(json.message);
    }
    const root = TrustedRoot.fromJSON(json.value);
    if (!TRUSTED_ROOT_MEDIA_TYPES.has(root.mediaType)) {
      throw new Incomplete(
        `expected the media type of a trusted root, got "${root.mediaType}"`,
      );
    }
    requireComplete(root);
    const authorities = toAuthorities(root);
    checkLogs('tlogs', authorities.tlogs);
    checkLogs('ctlogs', authorities.ctlogs);
    return { ok: true, value: authorities };
  } catch (error) {
    // Hostile or merely foreign documents make the decoder throw errors of any kind.
    return {
      ok: false,
      reason: 'trustedRootUnreadable',
      message: (error as Error).message,
    };
  }
}

function requireComplete(root: TrustedRoot): void {
  root.tlogs.forEach((log, index) => requireLog(`tlogs[${index}]`, log));
  root.ctlogs.forEach((log, index) => requireLog(`ctlogs[${index}]`, log));
  root.certificateAuthorities.forEach((authority, index) =>
    requireAuthority(`certificateAuthorities[${index}]`, authority),
  );
  root.timestampAuthorities.forEach((authority, index) =>
    requireAuthority(`timestampAuthorities[${index}]`, authority),
  );
}

function requireLog(path: string, log: TransparencyLogInstance): void {
  // sigstore-conformance: trust-root-tlog-missing-validity-start_fail
  if (!log.publicKey?.validFor?.start) {
    throw new Incomplete(`"${path}.publicKey.validFor.start" is missing`);
  }
  if (!log.publicKey.rawBytes?.length) {
    throw new Incomplete(`"${path}.publicKey.rawBytes" is missing`);
  }
  if (!(log.checkpointKeyId ?? log.logId)?.keyId.length) {
    throw new Incomplete(`"${path}.logId.keyId" is missing`);
  }
}

function requireAuthority(path: string, authority: CertificateAuthority): void {
  if (!authority.validFor?.start) {
    throw new Incomplete(`"${path}.validFor.start" is missing`);
  }
  if (!authority.certChain?.certificates.length) {
    throw new Incomplete(`"${path}.certChain.certificates" is empty`);
  }
}

function toAuthorities(root: TrustedRoot): SigstoreAuthorities {
  const { certificateAuthorities, timestampAuthorities, tlogs, ctlogs } =
    toTrustMaterial(root);
  const remembering = (
    authorities: typeof certificateAuthorities,
  ): typeof certificateAuthorities =>
    authorities.map(({ certChain, validFor }) => ({
      certChain: certChain.map(certificate =>
        RememberingCertificate.fromDer(certificate.root.toDER()),
      ),
      validFor,
    }));
  return {
    certificateAuthorities: remembering(certificateAuthorities),
    timestampAuthorities: remembering(timestampAuthorities),
    tlogs,
    ctlogs,
  };
}

function checkLogs(path: string, logs: SigstoreAuthorities['tlogs']): void {
  const ids = new Set<string>();
  for (const { logID, publicKey } of logs) {
    const id = logID.toString('hex');
    // CVE-2026-49834: one log that stands twice could count twice.
    if (ids.has(id)) {
      throw new Incomplete(`"${path}" holds the log "${id}" twice`);
    }
    ids.add(id);
    const kind = classifyPublicKey(publicKey);
    if (!kind.ok) {
      throw new Incomplete(
        `the key of log "${id}" is refused: ${kind.message}`,
      );
    }
    // Ed25519 logs are Rekor v2: their id also covers the log's origin, which need not be its address.
    // https://github.com/C2SP/C2SP/blob/main/signed-note.md
    if (kind.algorithm !== 'ed25519' && !logID.equals(keyIdOf(publicKey))) {
      throw new Incomplete(`the id of log "${id}" is not the hash of its key`);
    }
  }
}

function keyIdOf(
  publicKey: SigstoreAuthorities['tlogs'][number]['publicKey'],
): Buffer {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}
