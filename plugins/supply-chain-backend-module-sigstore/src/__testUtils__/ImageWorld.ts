import {
  EvidenceOf,
  ImageSubject,
  OriginDetail,
  parseDigest,
  TrustRoot,
} from 'backstage-plugin-supply-chain-common';
import type { CollectContext } from 'backstage-plugin-supply-chain-node';
import { RegistryClient } from 'backstage-plugin-supply-chain-node/registry';
import { createCollectContext } from 'backstage-plugin-supply-chain-node/testUtils';
import {
  createKeyedBundle,
  createLegacyKeyedSignature,
  createSigningKey,
  digestOf,
  GithubIdentity,
  OciDescriptor,
  OciRegistryServer,
  provenanceStatement,
  publishBundle,
  publishLegacySignatures,
  signatureStatement,
  SigningKey,
  simpleSigningPayload,
  Statement,
} from 'sandbox';
import { SigstoreCollector } from '../SigstoreCollector';
import { keyRoot } from './trustRoots';

/** Media types of what stands in a registry. */
export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX = 'application/vnd.oci.image.index.v1+json';
/** The repository of {@link ImageWorld}, without its host. */
export const REPOSITORY = 'shop/web';
/** When everything in it was made. */
export const CREATED_AT = new Date('2026-11-23T11:00:00Z');

/** The build that {@link ImageWorld.attest} tells of. */
export const BUILD: GithubIdentity = {
  repository: 'acme/web',
  workflow: '.github/workflows/release.yml',
  ref: 'refs/tags/v1.0.0',
  commit: '0123456789abcdef0123456789abcdef01234567',
};

/** A registry with one image, and what signs it. */
export class ImageWorld {
  readonly key: SigningKey = createSigningKey();
  readonly trustRoot: TrustRoot = keyRoot({ pem: this.key.publicKeyPem });
  readonly image: OciDescriptor;
  readonly collector: SigstoreCollector;

  static async start(
    options: { referrersApi?: boolean } = {},
  ): Promise<ImageWorld> {
    const server = await OciRegistryServer.start(options);
    const client = RegistryClient.create({
      registries: [
        { host: server.host, insecure: true, allowPrivateAddress: true },
      ],
      limits: { totalTimeoutMs: 2000, blobMaxBytes: 1024 * 1024 },
    });
    return new ImageWorld(server, client);
  }

  private constructor(
    readonly server: OciRegistryServer,
    readonly client: RegistryClient,
  ) {
    this.collector = SigstoreCollector.create({ registry: client });
    this.image = this.putManifest({ layers: [] });
  }

  get subject(): ImageSubject {
    return {
      type: 'image',
      repository: `${this.server.host}/${REPOSITORY}`,
      digest: parseDigest(this.image.digest)!,
    };
  }

  putManifest(parts: object, tag?: string): OciDescriptor {
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: 'application/x', digest: digestOf(''), size: 0 },
      ...parts,
    });
    const digest = this.server.putManifest(REPOSITORY, {
      mediaType: MANIFEST,
      body,
      tag,
    });
    return { mediaType: MANIFEST, digest, size: body.length };
  }

  /** Attests as `cosign attest` 3 does: how the image was built, unless said otherwise. */
  attest(
    options: {
      subject?: OciDescriptor;
      key?: SigningKey;
      change?: (statement: Statement) => void;
    } = {},
  ): string {
    const { subject = this.image, key = this.key, change } = options;
    const statement = provenanceStatement({
      repository: this.subject.repository,
      digest: subject.digest,
      identity: BUILD,
    });
    change?.(statement);
    return publishBundle({
      registry: this.server,
      repository: REPOSITORY,
      subject,
      bundle: createKeyedBundle({ key, statement }),
      createdAt: CREATED_AT,
    });
  }

  /** Signs as cosign 3 does. */
  sign(subject = this.image, key = this.key): string {
    return publishBundle({
      registry: this.server,
      repository: REPOSITORY,
      subject,
      bundle: createKeyedBundle({
        key,
        statement: signatureStatement(subject.digest),
      }),
      createdAt: CREATED_AT,
    });
  }

  /** Signs as cosign 2 does. */
  signLegacy(keys = [this.key]): void {
    const payload = simpleSigningPayload({
      repository: this.subject.repository,
      digest: this.image.digest,
    });
    publishLegacySignatures({
      registry: this.server,
      repository: REPOSITORY,
      digest: this.image.digest,
      signatures: keys.map(key => createLegacyKeyedSignature({ key, payload })),
    });
  }

  origin(parents: string[] = []): EvidenceOf<'origin'> {
    const detail: OriginDetail = {
      kind: 'manifest',
      mediaType: MANIFEST,
      sizeBytes: this.image.size,
      children: [],
      parents: parents.map(digest => parseDigest(digest)!),
      tags: [],
    };
    return {
      subject: this.subject,
      collector: 'origin',
      kind: 'origin',
      status: 'present',
      observedAt: CREATED_AT.toISOString(),
      detail,
    };
  }

  /** What is said of signatures. */
  async collect(
    origin: EvidenceOf<'origin'> | undefined = this.origin(),
  ): Promise<EvidenceOf<'signature'>> {
    const [signature] = await this.collectAll({ origin });
    return signature;
  }

  /** What is said of how the image was made. */
  async collectProvenance(
    context: Partial<CollectContext> = {},
  ): Promise<EvidenceOf<'provenance'>> {
    const [, provenance] = await this.collectAll(context);
    return provenance;
  }

  async collectAll(
    context: Partial<CollectContext> = {},
  ): ReturnType<SigstoreCollector['collect']> {
    return this.collector.collect(
      this.subject,
      createCollectContext({
        trustRoots: [this.trustRoot],
        origin: this.origin(),
        ...context,
      }),
    );
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }
}
