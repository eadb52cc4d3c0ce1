import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  ReasonCode,
  TrustCheck,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import {
  authorityExtensions,
  CertificateExtension,
  codeSigningExtensions,
  IssuedCertificate,
  issueCertificate,
  IssueCertificateOptions,
  NameParts,
  NotationAuthority,
  NotationSignatureOptions,
  signForNotation,
} from 'sandbox';
import {
  compileNotationRoots,
  EnvelopeResult,
  verifyEnvelope,
} from '../verify';
import { TargetArtifact } from '../verify/envelope/readPayload';
import { notationRoot, trustPolicy, TrustPolicyOptions } from './trustRoots';

/** The instant every test is at, unless it says otherwise. */
export const NOW = new Date('2026-11-25T12:00:00Z');
/** When signatures are made. */
export const SIGNED_AT = new Date('2026-11-25T11:30:00Z');
export const REPOSITORY = 'registry.acme.example/shop/web';
/** The image that is signed. */
export const ARTIFACT: TargetArtifact = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: `sha256:${createHash('sha256')
    .update('image')
    .digest('hex')}` as TargetArtifact['digest'],
  size: 561,
};

/** Both formats: what holds for one holds for the other. */
export const FORMATS = ['jws', 'cose'] as const;

const SUBJECT: NameParts = [
  ['C', 'US'],
  ['ST', 'WA'],
  ['O', 'Acme'],
];

/** A point in time so many days from {@link NOW}. */
export function inDays(days: number): Date {
  return new Date(NOW.getTime() + days * 24 * 60 * 60 * 1000);
}

/** How a certificate differs from a good one. */
export type CertificateOptions = Partial<IssueCertificateOptions> & {
  name?: string;
};

/** A certificate for the subject of all tests, valid around {@link NOW}. */
export function certificate(
  extensions: CertificateExtension[],
  options: CertificateOptions = {},
): IssuedCertificate {
  const { name = 'release', ...overrides } = options;
  return issueCertificate({
    subject: [...SUBJECT, ['CN', name]],
    notBefore: inDays(-10),
    notAfter: inDays(10),
    extensions,
    ...overrides,
  });
}

/** A root that issues signers. */
export function rootCertificate(
  options: CertificateOptions = {},
): IssuedCertificate {
  return certificate(authorityExtensions(), { name: 'root', ...options });
}

/** A chain of a signer that is good but for what is asked for. */
export function signerChain(
  options: CertificateOptions & { root?: IssuedCertificate } = {},
): IssuedCertificate[] {
  const { root = rootCertificate(), ...overrides } = options;
  return [
    certificate(codeSigningExtensions(), { issuer: root, ...overrides }),
    root,
  ];
}

/** Keys by the names algorithms go by. */
export const KEYS = {
  'RSA of 1024 bits': () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
  'RSA of 2048 bits': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'RSA of 2560 bits': () => generateKeyPairSync('rsa', { modulusLength: 2560 }),
  'RSA of 3072 bits': () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'P-521': () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  'P-224': () => generateKeyPairSync('ec', { namedCurve: 'P-224' }),
};

/** An authority with a timestamp authority beside it. */
export const AUTHORITY = NotationAuthority.create({ now: NOW });
export const SIGNER = AUTHORITY.issueSigner('release');

/** An envelope that is good but for what is asked for. */
export function sign(options: Partial<NotationSignatureOptions> = {}): Buffer {
  return signForNotation({
    format: 'jws',
    chain: SIGNER,
    target: ARTIFACT,
    signingTime: SIGNED_AT,
    ...options,
  });
}

/** A trust root that trusts the last certificate of a chain. */
export function rootFor(
  chain: IssuedCertificate[],
  options: {
    policy?: TrustPolicyOptions;
    stores?: Record<string, string[]>;
  } = {},
): TrustRoot {
  return notationRoot({
    policies: [trustPolicy(options.policy)],
    stores: { 'ca:acme': [chain.at(-1)!.pem], ...options.stores },
  });
}

/** A trust root that wants timestamps of {@link AUTHORITY}. */
export function rootWithTimestamps(
  chain: IssuedCertificate[] = SIGNER,
  signatureVerification: object = {},
): TrustRoot {
  return rootFor(chain, {
    policy: {
      trustStores: ['ca:acme', 'tsa:acme'],
      signatureVerification: {
        level: 'strict',
        override: { revocation: 'skip' },
        ...signatureVerification,
      },
    },
    stores: { 'tsa:acme': [AUTHORITY.timestampRoot.pem] },
  });
}

/** What is asked of the verifier. */
export type Question = {
  bytes: Uint8Array;
  format?: (typeof FORMATS)[number];
  trustRoots?: TrustRoot[];
  artifact?: TargetArtifact;
  repository?: string;
  now?: Date;
};

/** What every trust root says of an envelope. */
export function ask(question: Question): EnvelopeResult {
  const { bytes, format = 'jws', trustRoots = [rootFor(SIGNER)] } = question;
  return verifyEnvelope({
    bytes,
    format,
    artifact: question.artifact ?? ARTIFACT,
    repository: question.repository ?? REPOSITORY,
    trustRoots: compileNotationRoots(trustRoots),
    now: question.now ?? NOW,
  });
}

/** What the first trust root says: its status and why. */
export function verdict(
  question: Question,
): [TrustCheck['status'], ReasonCode | undefined] {
  const [{ status, reason }] = ask(question).checks;
  return [status, reason];
}
