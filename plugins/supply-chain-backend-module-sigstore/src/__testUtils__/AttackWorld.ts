import {
  createHash,
  generateKeyPairSync,
  KeyObject,
  sign,
  webcrypto,
} from 'node:crypto';
import { dsse } from '@sigstore/core';
import { IdentityPattern } from 'backstage-plugin-supply-chain-common';
import type { SigstoreTrustRoot } from 'backstage-plugin-supply-chain-node/trust';
import { LoggedEntry, PrivateSigstore, signatureStatement } from 'sandbox';
// After the sandbox: its mock brings the reflection that this library wants.
import * as x509 from '@peculiar/x509';
import { sigstoreRoot } from './trustRoots';

const IN_TOTO = 'application/vnd.in-toto+json';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const HOUR_MS = 60 * 60 * 1000;

/** The digest that is signed. */
export const DIGEST = `sha256:${'ab'.repeat(32)}`;
/** Subject of every certificate, unless a test says otherwise. */
export const SUBJECT = 'https://ci.acme.example/acme/app';

/** A key pair of Node's. */
export type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };

/** A bundle as JSON, to be changed by tests. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests break it in every way
export type LooseBundle = any;

/** How a certificate differs from a good one. */
export type LeafOptions = {
  keyPair?: KeyPair;
  extensions?: x509.Extension[];
  names?: x509.JsonGeneralNames;
  notBefore?: Date;
  notAfter?: Date;
};

/** What is made beside certificate and signature. */
export type BundleOptions = LeafOptions & {
  statement?: object;
  payload?: Buffer;
  payloadType?: string;
  hash?: string | null;
  timestamp?: boolean;
  log?: boolean;
  /** Changes the log entry before the log signs it: an entry made by somebody else. */
  logEntry?: (entry: LooseBundle) => void;
};

/** A private authority whose certificates can be wrong in every way, with a log and a timestamp authority. */
export class AttackWorld {
  readonly sigstore: PrivateSigstore;
  readonly #authority: x509.X509Certificate;
  readonly #authorityKey: CryptoKey;

  static async create(): Promise<AttackWorld> {
    x509.cryptoProvider.set(webcrypto as Crypto);
    const keys = (await webcrypto.subtle.generateKey(EC, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair;
    const authority = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: '01',
      name: 'CN=Acme CI',
      notBefore: new Date(Date.now() - HOUR_MS),
      notAfter: new Date(Date.now() + 24 * HOUR_MS),
      keys,
      signingAlgorithm: EC,
      extensions: [
        new x509.BasicConstraintsExtension(true, 1, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      ],
    });
    return new AttackWorld({
      sigstore: await PrivateSigstore.create(),
      authority,
      authorityKey: keys.privateKey,
    });
  }

  private constructor(options: {
    sigstore: PrivateSigstore;
    authority: x509.X509Certificate;
    authorityKey: CryptoKey;
  }) {
    this.sigstore = options.sigstore;
    this.#authority = options.authority;
    this.#authorityKey = options.authorityKey;
  }

  /** The trusted root, with the authority in it. */
  trustedRoot(change: (root: LooseBundle) => void = () => {}): string {
    const root: LooseBundle = this.sigstore.trustedRoot();
    root.certificateAuthorities.push({
      ...root.certificateAuthorities[0],
      certChain: {
        certificates: [
          { rawBytes: Buffer.from(this.#authority.rawData).toString('base64') },
        ],
      },
    });
    change(root);
    return JSON.stringify(root);
  }

  /** A trust root that accepts {@link SUBJECT} of the authority, by timestamp and without logs unless said otherwise. */
  trustRoot(
    overrides: Partial<Parameters<typeof sigstoreRoot>[0]> = {},
  ): SigstoreTrustRoot {
    const identity: IdentityPattern = { issuer: 'none', subject: SUBJECT };
    return sigstoreRoot({
      trustedRoot: this.trustedRoot(),
      identities: [identity],
      transparencyLog: 'none',
      signedCertificateTimestamps: 'none',
      ...overrides,
    });
  }

  /** Issues a certificate for signing code, or one that is not. */
  async issue(publicKey: KeyObject, options: LeafOptions): Promise<Buffer> {
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: '02',
      subject: '',
      issuer: this.#authority.subject,
      notBefore: options.notBefore ?? new Date(Date.now() - HOUR_MS / 2),
      notAfter: options.notAfter ?? new Date(Date.now() + HOUR_MS),
      publicKey: new x509.PublicKey(
        new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
      ),
      signingKey: this.#authorityKey,
      signingAlgorithm: EC,
      extensions: [
        ...(options.extensions ?? [
          new x509.KeyUsagesExtension(
            x509.KeyUsageFlags.digitalSignature,
            true,
          ),
          new x509.ExtendedKeyUsageExtension([CODE_SIGNING]),
        ]),
        ...(options.names?.length === 0
          ? []
          : [
              new x509.SubjectAlternativeNameExtension(
                options.names ?? [{ type: 'url', value: SUBJECT }],
                true,
              ),
            ]),
      ],
    });
    return Buffer.from(certificate.rawData);
  }

  /** A bundle that is good but for what is asked for. */
  async bundle(options: BundleOptions = {}): Promise<LooseBundle> {
    const keyPair = options.keyPair ?? ecKeyPair();
    const certificate = await this.issue(keyPair.publicKey, options);
    const { envelope, signature } = signEnvelope(keyPair.privateKey, options);
    const rawBytes = certificate.toString('base64');
    const tlogEntries = options.log
      ? [await this.#log(envelope, { rawBytes, ...options })]
      : [];
    const rfc3161Timestamps =
      options.timestamp === false
        ? []
        : [
            {
              signedTimestamp: (
                await this.sigstore.timestamp(signature)
              ).toString('base64'),
            },
          ];
    return {
      mediaType: BUNDLE,
      verificationMaterial: {
        certificate: { rawBytes },
        tlogEntries,
        timestampVerificationData: { rfc3161Timestamps },
      },
      dsseEnvelope: envelope,
    };
  }

  async #log(
    envelope: LooseBundle,
    options: BundleOptions & { rawBytes: string },
  ): Promise<LooseBundle> {
    const entry: LooseBundle = {
      apiVersion: '0.0.1',
      kind: 'dsse',
      spec: {
        payloadHash: {
          algorithm: 'sha256',
          value: createHash('sha256')
            .update(Buffer.from(envelope.payload, 'base64'))
            .digest('hex'),
        },
        signatures: [
          {
            signature: envelope.signatures[0].sig,
            verifier: Buffer.from(
              `-----BEGIN CERTIFICATE-----\n${options.rawBytes}\n-----END CERTIFICATE-----\n`,
            ).toString('base64'),
          },
        ],
      },
    };
    options.logEntry?.(entry);
    return toEntry(await this.sigstore.log(entry), {
      kind: entry.kind,
      version: entry.apiVersion,
    });
  }
}

/** A P-256 key pair. */
export function ecKeyPair(namedCurve = 'P-256'): KeyPair {
  return generateKeyPairSync('ec', { namedCurve });
}

/** Signs a statement as cosign does. */
export function signEnvelope(
  privateKey: KeyObject,
  options: Pick<
    BundleOptions,
    'statement' | 'payload' | 'payloadType' | 'hash'
  > = {},
): { envelope: LooseBundle; signature: Buffer } {
  const payload =
    options.payload ??
    Buffer.from(
      JSON.stringify(options.statement ?? signatureStatement(DIGEST)),
    );
  const payloadType = options.payloadType ?? IN_TOTO;
  const signature = sign(
    options.hash === undefined ? 'sha256' : options.hash,
    dsse.preAuthEncoding(payloadType, payload),
    privateKey,
  );
  return {
    signature,
    envelope: {
      payload: payload.toString('base64'),
      payloadType,
      signatures: [{ sig: signature.toString('base64') }],
    },
  };
}

/** A keyed bundle. */
export function keyedBundle(
  keyPair: KeyPair,
  options: Parameters<typeof signEnvelope>[1] = {},
): LooseBundle {
  return {
    mediaType: BUNDLE,
    verificationMaterial: { publicKey: { hint: 'whatever the signer likes' } },
    dsseEnvelope: signEnvelope(keyPair.privateKey, options).envelope,
  };
}

/** PEM of a public key. */
export function pemOf({ publicKey }: Pick<KeyPair, 'publicKey'>): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function toEntry(
  entry: LoggedEntry,
  kindVersion: { kind: string; version: string },
): LooseBundle {
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
  const { inclusionProof } = entry;
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: base64(entry.logId) },
    kindVersion,
    integratedTime: String(entry.integratedTime),
    inclusionPromise: { signedEntryTimestamp: entry.signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(inclusionProof.logIndex),
      rootHash: base64(inclusionProof.rootHash),
      treeSize: String(inclusionProof.treeSize),
      hashes: inclusionProof.hashes.map(base64),
      checkpoint: { envelope: inclusionProof.checkpoint },
    },
    canonicalizedBody: entry.body,
  };
}
