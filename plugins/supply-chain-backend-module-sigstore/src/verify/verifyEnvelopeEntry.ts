import { createHash } from 'node:crypto';
import type { TransparencyLogEntry } from '@sigstore/bundle';
import { crypto, json } from '@sigstore/core';
import { parseStrictJson } from 'backstage-plugin-supply-chain-common';
import type { SigstoreAuthorities } from 'backstage-plugin-supply-chain-node/trust';
import { z } from 'zod';
import { ParsedCandidate } from './candidate';
import { LOG_BODY_MAX_BYTES } from './checkLogEntry';
import { Refused } from './Refused';

const sha256 = z.object({
  algorithm: z.literal('sha256'),
  value: z.string().regex(/^[0-9a-f]{64}$/),
});

/** https://github.com/sigstore/rekor/blob/main/pkg/types/intoto/v0.0.1/intoto_v0_0_1_schema.json */
const bodyShape = z.object({
  spec: z.object({
    content: z.object({ hash: sha256, payloadHash: sha256 }),
  }),
});

/**
 * Whether it is an entry of the kind `intoto` 0.0.1, which logs the hash of an envelope and not the signature in it:
 * what cosign wrote for attestations before 2.2. The library does not read it.
 */
export function isEnvelopeEntry({
  kindVersion,
}: TransparencyLogEntry): boolean {
  return kindVersion.kind === 'intoto' && kindVersion.version === '0.0.1';
}

/**
 * Verifies such an entry by hand: that a log of the trust root signed it with its time, and that it is about these very
 * bytes. All of it, because the time it proves is believed by everything that follows (CVE-2026-48816): an entry of
 * another envelope would bring another time along.
 *
 * @throws Refused
 */
export function verifyEnvelopeEntry(
  entry: TransparencyLogEntry,
  options: { candidate: ParsedCandidate; authorities: SigstoreAuthorities },
): void {
  const { envelope, payload } = options.candidate;
  if (!envelope) {
    // A bundle holds the envelope in another spelling than the one that was logged.
    throw new Refused(
      'unsupportedAlgorithm',
      'the logged envelope is not here as it was logged',
    );
  }
  verifyPromise(entry, options.authorities);
  const body = parseStrictJson(entry.canonicalizedBody, {
    maxBytes: LOG_BODY_MAX_BYTES,
  });
  const shape = bodyShape.safeParse(body.ok ? body.value : undefined);
  if (!shape.success) {
    throw mismatch('the log entry is about no envelope');
  }
  const { hash, payloadHash } = shape.data.spec.content;
  if (hash.value !== hexOf(envelope)) {
    throw mismatch('the log entry is about another envelope');
  }
  if (payloadHash.value !== hexOf(payload.bytes)) {
    throw mismatch('the log entry is about another payload');
  }
}

/** https://github.com/sigstore/rekor/blob/main/openapi.yaml, `signedEntryTimestamp` */
function verifyPromise(
  entry: TransparencyLogEntry,
  { tlogs }: SigstoreAuthorities,
): void {
  const { inclusionPromise, inclusionProof, logId } = entry;
  if (!inclusionPromise || inclusionProof) {
    throw invalid('expected the promise of a log and nothing else');
  }
  const integratedTime = Number(entry.integratedTime);
  const time = new Date(integratedTime * 1000);
  const log = tlogs.find(
    ({ logID, validFor }) =>
      logID.equals(logId.keyId) &&
      validFor.start <= time &&
      time <= validFor.end,
  );
  if (!log) {
    throw invalid('no log of the trust root was valid at that time');
  }
  const promised = json.canonicalize({
    body: entry.canonicalizedBody.toString('base64'),
    integratedTime,
    logIndex: Number(entry.logIndex),
    logID: logId.keyId.toString('hex'),
  });
  if (
    !crypto.verify(
      Buffer.from(promised, 'utf8'),
      log.publicKey,
      inclusionPromise.signedEntryTimestamp,
    )
  ) {
    throw invalid('the log did not sign that time');
  }
}

function hexOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function invalid(message: string): Refused {
  return new Refused('transparencyLogInvalid', message);
}

function mismatch(message: string): Refused {
  return new Refused('transparencyLogMismatch', message);
}
