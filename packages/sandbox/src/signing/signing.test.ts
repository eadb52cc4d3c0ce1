import {
  createPublicKey,
  verify as verifyBytes,
  X509Certificate,
} from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { OCI_MANIFEST, OciDescriptor, OciRegistryServer } from '../registry';
import {
  createKeyedBundle,
  createKeylessBundle,
  SignedBundle,
} from './bundles';
import { GITHUB_ISSUER, GithubIdentity, workflowUri } from './githubIdentity';
import {
  createLegacyKeyedSignature,
  createLegacyKeylessSignature,
  LegacySignature,
} from './legacySignatures';
import { PrivateSigstore } from './PrivateSigstore';
import { publishBundle, publishLegacySignatures } from './publishSignatures';
import { createSigningKey, SigningKey } from './signingKey';
import {
  provenanceStatement,
  signatureStatement,
  simpleSigningPayload,
} from './statements';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const IDENTITY: GithubIdentity = {
  repository: 'acme/web',
  workflow: '.github/workflows/release.yml',
  ref: 'refs/tags/v1.0.0',
  commit: '0123456789abcdef0123456789abcdef01234567',
};

let sigstore: PrivateSigstore;

beforeAll(async () => {
  sigstore = await PrivateSigstore.create();
});

/** The plain library, every threshold at one. */
function verifyKeyless(bundle: unknown, data?: Buffer, from = sigstore) {
  const material = toTrustMaterial(TrustedRoot.fromJSON(from.trustedRoot()));
  const verifier = new Verifier(material, {
    tlogThreshold: 1,
    ctlogThreshold: 1,
    timestampThreshold: 1,
  });
  const entity = bundleFromJSON(bundle);
  return verifier.verify(toSignedEntity(entity, data), {
    subjectAlternativeName: workflowUri(IDENTITY),
    extensions: { issuer: GITHUB_ISSUER },
  });
}

function verifyKeyed(bundle: SignedBundle, key: SigningKey) {
  const material = toTrustMaterial(
    TrustedRoot.fromJSON(sigstore.trustedRoot()),
    () => ({
      publicKey: createPublicKey(key.publicKeyPem),
      validFor: () => true,
    }),
  );
  const verifier = new Verifier(material, {
    tlogThreshold: 0,
    timestampThreshold: 0,
  });
  return verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
}

/** Bundle 0.1 from the annotations of a `.sig` layer, as verifiers rebuild it. */
function bundleOf(layer: LegacySignature) {
  const { annotations } = layer;
  const log = JSON.parse(annotations['dev.sigstore.cosign/bundle']);
  const body = JSON.parse(Buffer.from(log.Payload.body, 'base64').toString());
  const time = JSON.parse(annotations['dev.sigstore.cosign/rfc3161timestamp']);
  const pem = annotations['dev.sigstore.cosign/certificate'];
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      x509CertificateChain: {
        certificates: [
          { rawBytes: new X509Certificate(pem).raw.toString('base64') },
        ],
      },
      tlogEntries: [
        {
          logIndex: String(log.Payload.logIndex),
          logId: {
            keyId: Buffer.from(log.Payload.logID, 'hex').toString('base64'),
          },
          kindVersion: { kind: body.kind, version: body.apiVersion },
          integratedTime: String(log.Payload.integratedTime),
          inclusionPromise: { signedEntryTimestamp: log.SignedEntryTimestamp },
          canonicalizedBody: log.Payload.body,
        },
      ],
      timestampVerificationData: {
        rfc3161Timestamps: [{ signedTimestamp: time.SignedRFC3161Timestamp }],
      },
    },
    messageSignature: {
      messageDigest: {
        algorithm: 'SHA2_256',
        digest: Buffer.from(body.spec.data.hash.value, 'hex').toString(
          'base64',
        ),
      },
      signature: annotations['dev.cosignproject.cosign/signature'],
    },
  };
}

describe('when a workflow signs', () => {
  it('makes a bundle that verifies with log, SCT, timestamp and identity', async () => {
    const bundle = await createKeylessBundle({
      sigstore,
      identity: IDENTITY,
      statement: signatureStatement(DIGEST),
    });
    const signer = verifyKeyless(bundle);
    const oids = Object.fromEntries(
      signer.identity!.oids!.map(({ oid, value }) => [
        oid!.id.at(-1),
        value.toString('latin1'),
      ]),
    );
    expect(signer.identity?.subjectAlternativeName).toBe(
      'https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1.0.0',
    );
    // DER UTF8String: tag 0x0c, length, text.
    expect(oids[12]).toBe('\x0c\x1bhttps://github.com/acme/web');
    expect(oids[14]).toBe('\x0c\x10refs/tags/v1.0.0');
    expect(oids[11]).toBe('\x0c\x0dgithub-hosted');
    expect(oids[20]).toBe('\x0c\x04push');
    expect(Object.keys(oids)).toEqual(
      expect.arrayContaining(['8', '9', '13', '15', '18', '21']),
    );
  });

  it('makes provenance that verifies', async () => {
    const statement = provenanceStatement({
      repository: 'registry.acme.example/shop/web',
      digest: DIGEST,
      identity: IDENTITY,
    });
    const bundle = await createKeylessBundle({
      sigstore,
      identity: IDENTITY,
      statement,
    });
    expect(verifyKeyless(bundle).key).toBeDefined();
    expect(
      JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString()),
    ).toMatchObject({
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: { runDetails: { builder: { id: workflowUri(IDENTITY) } } },
    });
  });

  it('makes a legacy signature that verifies', async () => {
    const payload = simpleSigningPayload({
      repository: 'registry.acme.example/shop/web',
      digest: DIGEST,
    });
    const layer = await createLegacyKeylessSignature({
      sigstore,
      identity: IDENTITY,
      payload,
    });
    expect(verifyKeyless(bundleOf(layer), payload).key).toBeDefined();
    expect(() =>
      verifyKeyless(bundleOf(layer), Buffer.from('other payload')),
    ).toThrow();
  });

  it('is refused by the root of another Sigstore, and as another identity', async () => {
    const other = await PrivateSigstore.create({ name: 'sigstore.example' });
    const statement = signatureStatement(DIGEST);
    const bundle = await createKeylessBundle({
      sigstore: other,
      identity: IDENTITY,
      statement,
    });
    expect(() => verifyKeyless(bundle)).toThrow();
    expect(verifyKeyless(bundle, undefined, other).key).toBeDefined();
    const fork = await createKeylessBundle({
      sigstore,
      identity: { ...IDENTITY, repository: 'mallory/web' },
      statement,
    });
    expect(() => verifyKeyless(fork)).toThrow(/certificate identity/);
    const reusable = workflowUri({
      ...IDENTITY,
      workflowRepository: 'acme/workflows',
    });
    expect(reusable).toContain('https://github.com/acme/workflows/');
  });
});

describe('when a key signs', () => {
  const key = createSigningKey();

  it('makes a bundle that this key verifies and no other', () => {
    const bundle = createKeyedBundle({
      key,
      statement: signatureStatement(DIGEST, { env: 'prod' }),
    });
    expect(Object.keys(bundle.verificationMaterial)).toEqual(['publicKey']);
    expect(Object.keys(bundle.dsseEnvelope)).toEqual([
      'payload',
      'payloadType',
      'signatures',
    ]);
    expect(verifyKeyed(bundle, key).key).toBeDefined();
    expect(() => verifyKeyed(bundle, createSigningKey())).toThrow();
    const statement = JSON.parse(
      Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString(),
    );
    expect(statement.subject).toEqual([
      { digest: { sha256: 'a'.repeat(64) }, annotations: { env: 'prod' } },
    ]);
  });

  it('makes a legacy signature over the payload bytes', () => {
    const payload = simpleSigningPayload({
      repository: 'shop/web',
      digest: DIGEST,
      annotations: { env: 'prod' },
    });
    const { annotations } = createLegacyKeyedSignature({ key, payload });
    const signature = annotations['dev.cosignproject.cosign/signature'];
    expect(
      verifyBytes(
        'sha256',
        payload,
        key.publicKeyPem,
        Buffer.from(signature, 'base64'),
      ),
    ).toBe(true);
  });
});

describe('when signatures are published', () => {
  it('writes manifests in the shape the real clients write', async () => {
    const registry = await OciRegistryServer.start();
    const body = { schemaVersion: 2, mediaType: OCI_MANIFEST, layers: [] };
    const digest = registry.putManifest('shop/web', {
      mediaType: OCI_MANIFEST,
      body,
    });
    const subject: OciDescriptor = {
      mediaType: OCI_MANIFEST,
      digest,
      size: JSON.stringify(body).length,
    };
    const key = createSigningKey();
    const createdAt = new Date('2026-11-23T10:00:00.123Z');
    const bundle = createKeyedBundle({
      key,
      statement: signatureStatement(digest),
    });
    const referrer = publishBundle({
      registry,
      repository: 'shop/web',
      subject,
      bundle,
      createdAt,
    });
    const legacy = publishLegacySignatures({
      registry,
      repository: 'shop/web',
      digest,
      signatures: [
        createLegacyKeyedSignature({
          key,
          payload: simpleSigningPayload({ repository: 'shop/web', digest }),
        }),
      ],
    });
    const ask = async (path: string) =>
      (await fetch(`${registry.url}/v2/shop/web/${path}`)).json();
    // Field by field what cosign 3.1.3 wrote to a real registry.
    expect(await ask(`manifests/${referrer}`)).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.empty.v1+json',
        size: 2,
        digest:
          'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
        artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      },
      layers: [
        {
          mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
          size: JSON.stringify(bundle).length,
          digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        },
      ],
      annotations: {
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'dev.sigstore.bundle.predicateType':
          'https://sigstore.dev/cosign/sign/v1',
        'org.opencontainers.image.created': '2026-11-23T10:00:00Z',
      },
      subject,
      artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    });
    const sigTag = `${digest.replace(':', '-')}.sig`;
    const manifest = await ask(`manifests/${sigTag}`);
    expect(manifest.layers).toEqual([
      expect.objectContaining({
        mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
        annotations: {
          'dev.cosignproject.cosign/signature': expect.any(String),
        },
      }),
    ]);
    expect((await ask(`manifests/${legacy}`)).config).toEqual(manifest.config);
    expect((await ask(`referrers/${digest}`)).manifests[0].digest).toBe(
      referrer,
    );
    await registry.stop();
  });
});
