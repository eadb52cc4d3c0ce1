import { createPublicKey, KeyObject } from 'node:crypto';
import type { TransparencyLogEntry } from '@sigstore/bundle';
import { pem } from '@sigstore/core';
import { parseStrictJson } from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';
import { decodeBase64 } from './decodeBase64';
import { Refused } from './Refused';

/** Who the log must name: the certificate of the bundle, or the key that verified. */
export type LoggedSigner =
  | { type: 'certificate'; der: Buffer }
  | { type: 'key'; publicKey: KeyObject };

/** Bytes of a log entry that are read. */
export const LOG_BODY_MAX_BYTES = 16 * 1024 * 1024;

/** Rekor v1: a PEM key or certificate, in base64. */
const oldVerifier = z.string().transform(content => ({ pem: content }));
/** Rekor v2: DER, in base64. */
const newVerifier = z.union([
  z.object({ x509Certificate: z.object({ rawBytes: z.string() }) }),
  z.object({ publicKey: z.object({ rawBytes: z.string() }) }),
]);

type Verifier = { pem: string } | z.infer<typeof newVerifier>;

function one<T extends z.ZodTypeAny>(item: T) {
  return z.array(item).length(1);
}

/** Where each kind of entry names its verifier: https://github.com/sigstore/rekor/tree/main/pkg/types */
const BODIES: ReadonlyMap<
  string,
  z.ZodType<Verifier, z.ZodTypeDef, unknown>
> = new Map<string, z.ZodType<Verifier, z.ZodTypeDef, unknown>>([
  [
    'hashedrekord/0.0.1',
    z
      .object({
        spec: z.object({
          signature: z.object({
            publicKey: z.object({ content: oldVerifier }),
          }),
        }),
      })
      .transform(body => body.spec.signature.publicKey.content),
  ],
  [
    'dsse/0.0.1',
    z
      .object({
        spec: z.object({
          signatures: one(z.object({ verifier: oldVerifier })),
        }),
      })
      .transform(body => body.spec.signatures[0].verifier),
  ],
  [
    'intoto/0.0.1',
    z
      .object({ spec: z.object({ publicKey: oldVerifier }) })
      .transform(body => body.spec.publicKey),
  ],
  [
    'intoto/0.0.2',
    z
      .object({
        spec: z.object({
          content: z.object({
            envelope: z.object({
              signatures: one(z.object({ publicKey: oldVerifier })),
            }),
          }),
        }),
      })
      .transform(body => body.spec.content.envelope.signatures[0].publicKey),
  ],
  [
    'hashedrekord/0.0.2',
    z
      .object({
        spec: z.object({
          hashedRekordV002: z.object({
            signature: z.object({ verifier: newVerifier }),
          }),
        }),
      })
      .transform(body => body.spec.hashedRekordV002.signature.verifier),
  ],
  [
    'dsse/0.0.2',
    z
      .object({
        spec: z.object({
          dsseV002: z.object({
            signatures: one(z.object({ verifier: newVerifier })),
          }),
        }),
      })
      .transform(body => body.spec.dsseV002.signatures[0].verifier),
  ],
]);

/**
 * Checks that a log entry is about this signer. The library compares signature and payload only, so that an entry made
 * by somebody else for the same bytes would do (CVE-2026-22703, CVE-2024-53267).
 *
 * @throws Refused
 */
export function checkLogEntry(
  entry: TransparencyLogEntry,
  signer: LoggedSigner,
): void {
  const { kind, version } = entry.kindVersion;
  const shape = BODIES.get(`${kind}/${version}`);
  if (!shape) {
    throw new Refused(
      'unsupportedAlgorithm',
      `log entries of kind "${kind}" ${version} are not supported`,
    );
  }
  const body = parseStrictJson(entry.canonicalizedBody, {
    maxBytes: LOG_BODY_MAX_BYTES,
  });
  const verifier = shape.safeParse(body.ok ? body.value : undefined);
  if (!verifier.success) {
    throw mismatch('the log entry names no verifier');
  }
  if (!names(verifier.data, signer)) {
    throw mismatch('the log entry names another key or certificate');
  }
}

function names(verifier: Verifier, signer: LoggedSigner): boolean {
  const der = readVerifier(verifier, signer.type);
  return (
    der !== undefined &&
    (signer.type === 'certificate'
      ? der.equals(signer.der)
      : isKey(der, signer.publicKey))
  );
}

function readVerifier(
  verifier: Verifier,
  wanted: LoggedSigner['type'],
): Buffer | undefined {
  if ('pem' in verifier) {
    return readPem(verifier.pem, wanted);
  }
  if ('x509Certificate' in verifier) {
    return wanted === 'certificate'
      ? decodeBase64(verifier.x509Certificate.rawBytes)
      : undefined;
  }
  return wanted === 'key'
    ? decodeBase64(verifier.publicKey.rawBytes)
    : undefined;
}

function readPem(
  content: string,
  wanted: LoggedSigner['type'],
): Buffer | undefined {
  const text = decodeBase64(content)?.toString('utf8') ?? '';
  const label = wanted === 'certificate' ? 'CERTIFICATE' : 'PUBLIC KEY';
  const blocks = text.match(/-----BEGIN [A-Z ]+-----/g) ?? [];
  return blocks.length === 1 && blocks[0] === `-----BEGIN ${label}-----`
    ? pem.toDER(text)
    : undefined;
}

function isKey(der: Buffer, publicKey: KeyObject): boolean {
  return createPublicKey({ key: der, format: 'der', type: 'spki' }).equals(
    publicKey,
  );
}

function mismatch(message: string): Refused {
  return new Refused('transparencyLogMismatch', message);
}
