import { createHash } from 'node:crypto';
import type { SigstoreTrustRoot } from 'backstage-plugin-supply-chain-node/trust';
import {
  createKeylessBundle,
  createLegacyKeyedSignature,
  createLegacyKeylessSignature,
  createSigningKey,
  GITHUB_ISSUER,
  GithubIdentity,
  LegacySignature,
  PrivateSigstore,
  provenanceStatement,
  signatureStatement,
  simpleSigningPayload,
  workflowUri,
} from 'sandbox';
import { Candidate } from '../../verify';
import { DIGEST, keyedBundle, pemOf, signEnvelope } from '../AttackWorld';
import { keyRoot, sigstoreRoot } from '../trustRoots';
import { Json } from './mutators';

const LOG_BUNDLE = 'dev.sigstore.cosign/bundle';
const CERTIFICATE = 'dev.sigstore.cosign/certificate';

/** The documents an artefact is made of, by name. */
export type Documents = Record<string, Buffer>;

/** A good artefact that is going to be changed, with another good one of its kind. */
export type Artefact = {
  name: string;
  documents: Documents;
  sibling: Documents;
  trustRoot: SigstoreTrustRoot;
};

/** Puts documents together; throws where a registry's manifest would not even be JSON. */
export function assemble(documents: Documents): Candidate {
  const { bundle, payload, envelope, annotations, logBundle } = documents;
  if (bundle) {
    return { form: 'bundle', bytes: bundle };
  }
  const together = {
    ...JSON.parse(annotations.toString('utf8')),
    ...(logBundle && { [LOG_BUNDLE]: logBundle.toString('utf8') }),
  };
  return payload
    ? { form: 'simpleSigning', payload, annotations: together }
    : { form: 'envelope', bytes: envelope, annotations: together };
}

/** What an accepted candidate vouches for: must never change. */
export function vouchedFor(candidate: Candidate): string {
  switch (candidate.form) {
    case 'bundle': {
      const { dsseEnvelope, verificationMaterial } = read(candidate.bytes);
      const { certificate } = verificationMaterial;
      return core(dsseEnvelope, certificate?.rawBytes);
    }
    case 'simpleSigning':
      return JSON.stringify([
        Buffer.from(candidate.payload).toString('base64'),
        candidate.annotations['dev.cosignproject.cosign/signature'],
        derOf(candidate.annotations[CERTIFICATE]),
      ]);
    default:
      return core(
        read(candidate.bytes),
        derOf(candidate.annotations[CERTIFICATE]),
      );
  }
}

function core(envelope: Json, certificate: unknown): string {
  const { payload, payloadType, signatures } = envelope;
  return JSON.stringify([payload, payloadType, signatures[0].sig, certificate]);
}

function read(bytes: Uint8Array): Json {
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

/** Line breaks of a PEM text are no part of the certificate. */
function derOf(pem: unknown): string | undefined {
  return typeof pem === 'string'
    ? pem.replace(/-----[A-Z ]+-----|\s/g, '')
    : undefined;
}

const write = (value: object) => Buffer.from(JSON.stringify(value));

function identityOf(repository: string): GithubIdentity {
  return {
    repository,
    workflow: '.github/workflows/release.yml',
    ref: 'refs/tags/v1.0.0',
    commit: 'c'.repeat(40),
  };
}

const OTHER_DIGEST = `sha256:${'cd'.repeat(32)}`;
const IMAGES = [DIGEST, OTHER_DIGEST];
const REPOSITORY = 'registry.acme.example/acme/app';

/** One of every kind: keyed and keyless, old and new format, signatures and attestations. */
export async function createArtefacts(): Promise<Artefact[]> {
  const sigstore = await PrivateSigstore.create();
  const identity = identityOf('acme/app');
  const key = createSigningKey();
  const keyed = keyRoot({ pem: pemOf(key) });
  const keyless = sigstoreRoot({
    trustedRoot: JSON.stringify(sigstore.trustedRoot()),
    identities: [{ issuer: GITHUB_ISSUER, subject: workflowUri(identity) }],
  });
  const statementOf = (digest: string) =>
    provenanceStatement({ repository: REPOSITORY, digest, identity });
  const payloadOf = (digest: string) =>
    simpleSigningPayload({ repository: REPOSITORY, digest });
  const make = async (
    name: string,
    trustRoot: SigstoreTrustRoot,
    create: (digest: string) => Documents | Promise<Documents>,
  ): Promise<Artefact> => {
    const [documents, sibling] = await Promise.all(IMAGES.map(create));
    return { name, documents, sibling, trustRoot };
  };
  const bundle = async (statement: ReturnType<typeof signatureStatement>) => ({
    bundle: write(await createKeylessBundle({ sigstore, identity, statement })),
  });
  return Promise.all([
    make('keyed bundle', keyed, digest => ({
      bundle: write(
        keyedBundle(key, { statement: signatureStatement(digest) }),
      ),
    })),
    make('keyless bundle', keyless, digest =>
      bundle(signatureStatement(digest)),
    ),
    make('keyless attestation bundle', keyless, digest =>
      bundle(statementOf(digest)),
    ),
    make('keyed simple signing', keyed, digest =>
      layerOf(createLegacyKeyedSignature({ key, payload: payloadOf(digest) })),
    ),
    make('keyless simple signing', keyless, async digest =>
      layerOf(
        await createLegacyKeylessSignature({
          sigstore,
          identity,
          payload: payloadOf(digest),
        }),
      ),
    ),
    make('keyless attestation layer', keyless, digest =>
      attestationLayer({ sigstore, identity, statement: statementOf(digest) }),
    ),
  ]);
}

function layerOf({ payload, annotations }: LegacySignature): Documents {
  const { [LOG_BUNDLE]: logBundle, ...others } = annotations;
  return {
    payload,
    annotations: write(others),
    ...(logBundle && { logBundle: Buffer.from(logBundle) }),
  };
}

/** As cosign wrote it before 2.2, logged as `intoto` 0.0.1. */
async function attestationLayer(options: {
  sigstore: PrivateSigstore;
  identity: GithubIdentity;
  statement: object;
}): Promise<Documents> {
  const { sigstore, identity, statement } = options;
  const { key, certificatePem } = await sigstore.certify(identity);
  const envelope = write(signEnvelope(key.privateKey, { statement }).envelope);
  const hash = (bytes: Buffer) => ({
    algorithm: 'sha256',
    value: createHash('sha256').update(bytes).digest('hex'),
  });
  const entry = await sigstore.log({
    apiVersion: '0.0.1',
    kind: 'intoto',
    spec: {
      content: { hash: hash(envelope), payloadHash: hash(write(statement)) },
      publicKey: Buffer.from(certificatePem).toString('base64'),
    },
  });
  return {
    envelope,
    annotations: write({
      'dev.cosignproject.cosign/signature': '',
      [CERTIFICATE]: certificatePem,
      predicateType: 'https://slsa.dev/provenance/v1',
    }),
    logBundle: write({
      SignedEntryTimestamp: entry.signedEntryTimestamp,
      Payload: {
        body: entry.body,
        integratedTime: entry.integratedTime,
        logIndex: entry.logIndex,
        logID: entry.logId,
      },
    }),
  };
}
