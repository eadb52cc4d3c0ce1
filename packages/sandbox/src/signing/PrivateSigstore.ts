import { createHash, generateKeyPairSync, KeyObject } from 'node:crypto';
import {
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
} from '@sigstore/mock';
import {
  fulcioExtensions,
  GithubIdentity,
  workflowUri,
} from './githubIdentity';
import { createSigningKey, SigningKey } from './signingKey';

type Authority = Awaited<ReturnType<typeof initializeCA>>;
type CertificateLog = Awaited<ReturnType<typeof initializeCTLog>>;
type TransparencyLog = Awaited<ReturnType<typeof initializeTLog>>;
type TimestampAuthority = Awaited<ReturnType<typeof initializeTSA>>;

/**
 * An entry of a Rekor v1 log with promise and proof.
 * @public
 */
export interface LoggedEntry {
  /** Base64 of the canonical JSON. */
  body: string;
  integratedTime: number;
  logIndex: number;
  /** Hex. */
  logId: string;
  /** Base64. */
  signedEntryTimestamp: string;
  inclusionProof: {
    logIndex: number;
    treeSize: number;
    /** Hex. */
    rootHash: string;
    hashes: string[];
    checkpoint: string;
  };
}

/** https://github.com/sigstore/rekor/blob/main/openapi.yaml, `LogEntry` */
type RekorAnswer = Record<
  string,
  {
    body: string;
    integratedTime: number;
    logIndex: number;
    logID: string;
    verification: {
      signedEntryTimestamp: string;
      inclusionProof: LoggedEntry['inclusionProof'];
    };
  }
>;

/**
 * A short-lived key with its certificate.
 * @public
 */
export interface CertifiedKey {
  key: SigningKey;
  certificate: Buffer;
  certificatePem: string;
}

const OID_SHA256 = '2.16.840.1.101.3.4.2.1';
const OID_TSA_POLICY = '1.3.6.1.4.1.57264.2';
const HOUR_MS = 60 * 60 * 1000;

/**
 * A whole Sigstore of our own: certificate authority, certificate
 * transparency log, Rekor v1 and a timestamp authority. Keys live as long as
 * the object. All times are those of the process clock: the certificates of
 * the authorities begin when they are made.
 * @public
 */
export class PrivateSigstore {
  readonly #name: string;
  readonly #startedAt: Date;
  readonly #authority: Authority;
  readonly #certificateLog: CertificateLog;
  readonly #transparencyLog: TransparencyLog;
  readonly #timestampAuthority: TimestampAuthority;

  static async create(
    options: {
      /**
       * Host part of the addresses in the trusted root.
       * @defaultValue `sigstore.acme.example`
       */
      name?: string;
    } = {},
  ): Promise<PrivateSigstore> {
    const name = options.name ?? 'sigstore.acme.example';
    const certificateLog = await initializeCTLog(keyPair('P-256'));
    return new PrivateSigstore({
      name,
      certificateLog,
      authority: await initializeCA(keyPair('P-384'), certificateLog),
      transparencyLog: await initializeTLog(
        `https://rekor.${name}`,
        keyPair('P-256'),
      ),
      // The mock writes 5 ms as ".5", which verifiers refuse one time in ten:
      // RFC 3161 allows whole seconds, and they are always written right.
      timestampAuthority: Object.assign(await initializeTSA(keyPair('P-256')), {
        getCurrentTime: () => new Date(Math.floor(Date.now() / 1000) * 1000),
      }),
    });
  }

  private constructor(options: {
    name: string;
    authority: Authority;
    certificateLog: CertificateLog;
    transparencyLog: TransparencyLog;
    timestampAuthority: TimestampAuthority;
  }) {
    this.#name = options.name;
    this.#startedAt = new Date(Date.now() - HOUR_MS);
    this.#authority = options.authority;
    this.#certificateLog = options.certificateLog;
    this.#transparencyLog = options.transparencyLog;
    this.#timestampAuthority = options.timestampAuthority;
  }

  /** A certificate of ten minutes for a fresh key and this workflow run. */
  async certify(identity: GithubIdentity): Promise<CertifiedKey> {
    const key = createSigningKey();
    const certificate = toBuffer(
      await this.#authority.issueCertificate({
        publicKey: exactBytes(
          key.publicKey.export({ type: 'spki', format: 'der' }),
        ),
        subjectAltName: workflowUri(identity),
        extensions: fulcioExtensions(identity),
      }),
    );
    return { key, certificate, certificatePem: toPem(certificate) };
  }

  /** Adds an entry to the transparency log. */
  async log(entry: object): Promise<LoggedEntry> {
    // The mock's own type is that of a package it does not bring along.
    const answer = (await this.#transparencyLog.log(entry)) as RekorAnswer;
    const [logged] = Object.values(answer);
    return {
      body: logged.body,
      integratedTime: logged.integratedTime,
      logIndex: logged.logIndex,
      logId: logged.logID,
      signedEntryTimestamp: logged.verification.signedEntryTimestamp,
      inclusionProof: logged.verification.inclusionProof,
    };
  }

  /** An RFC 3161 timestamp over the bytes of a signature. */
  async timestamp(signature: Buffer): Promise<Buffer> {
    return toBuffer(
      await this.#timestampAuthority.timestamp({
        artifactHash: exactBytes(
          createHash('sha256').update(signature).digest(),
        ),
        hashAlgorithmOID: OID_SHA256,
        nonce: 1,
        policyOID: OID_TSA_POLICY,
        certReq: true,
      }),
    );
  }

  /** The trusted root of this Sigstore; every part says from when it is valid. */
  trustedRoot(): Record<string, unknown> {
    const validFor = { start: this.#startedAt.toISOString() };
    const logOf = (host: string, publicKey: Buffer) => ({
      baseUrl: `https://${host}.${this.#name}`,
      hashAlgorithm: 'SHA2_256',
      publicKey: {
        rawBytes: publicKey.toString('base64'),
        keyDetails: 'PKIX_ECDSA_P256_SHA_256',
        validFor,
      },
      logId: {
        keyId: createHash('sha256').update(publicKey).digest('base64'),
      },
    });
    const authorityOf = (
      host: string,
      commonName: string,
      chain: ArrayBufferView[],
    ) => ({
      subject: { organization: 'sigstore.mock', commonName },
      uri: `https://${host}.${this.#name}`,
      certChain: {
        certificates: chain.map(certificate => ({
          rawBytes: toBuffer(certificate).toString('base64'),
        })),
      },
      validFor,
    });
    const tsa = this.#timestampAuthority;
    return {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [logOf('rekor', this.#transparencyLog.publicKey)],
      certificateAuthorities: [
        authorityOf('fulcio', 'sigstore', [this.#authority.rootCertificate]),
      ],
      ctlogs: [logOf('ctfe', this.#certificateLog.publicKey)],
      timestampAuthorities: [
        authorityOf('timestamp', 'tsa', [
          tsa.intCertificate,
          tsa.rootCertificate,
        ]),
      ],
    };
  }
}

function keyPair(namedCurve: string): {
  publicKey: KeyObject;
  privateKey: KeyObject;
} {
  return generateKeyPairSync('ec', { namedCurve });
}

function toBuffer(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

/** WebCrypto and ASN.1 writers read the whole ArrayBuffer, so it must be no slice of a pool. */
function exactBytes(bytes: Buffer): Buffer<ArrayBuffer> {
  const copy = new ArrayBuffer(bytes.length);
  const exact = Buffer.from(copy);
  bytes.copy(exact);
  return exact;
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join(
    '\n',
  )}\n-----END CERTIFICATE-----\n`;
}
