import { createHash } from 'node:crypto';
import { OciDescriptor, OciRegistryServer } from '../registry';
import {
  createKeyedBundle,
  createKeylessBundle,
  createLegacyKeyedSignature,
  createLegacyKeylessSignature,
  createSigningKey,
  GithubIdentity,
  PrivateSigstore,
  provenanceStatement,
  publishBundle,
  publishLegacySignatures,
  signatureStatement,
  SigningKey,
  simpleSigningPayload,
} from '../signing';
import { BuiltImage } from './buildImage';
import { SignaturePlan } from './serviceTypes';

type Signer =
  | { key: SigningKey }
  | { sigstore: PrivateSigstore; identity: GithubIdentity };

/**
 * The throw-away keys and authorities of the world, and everything they sign.
 * @public
 */
export class WorldSigner {
  readonly releaseKey = createSigningKey();
  readonly vendorKey = createSigningKey();
  readonly #strangerKey = createSigningKey();
  readonly #sigstore: PrivateSigstore;
  readonly #otherSigstore: PrivateSigstore;

  static async create(): Promise<WorldSigner> {
    return new WorldSigner(
      await PrivateSigstore.create(),
      await PrivateSigstore.create({ name: 'sigstore.mallory.example' }),
    );
  }

  private constructor(
    sigstore: PrivateSigstore,
    otherSigstore: PrivateSigstore,
  ) {
    this.#sigstore = sigstore;
    this.#otherSigstore = otherSigstore;
  }

  /** The trusted root of the world's own Sigstore. */
  trustedRoot(): Record<string, unknown> {
    return this.#sigstore.trustedRoot();
  }

  /** Signs an image by a plan and publishes the result. */
  async sign(options: {
    registry: OciRegistryServer;
    repository: string;
    image: BuiltImage;
    plan: SignaturePlan;
    /** Name of the source repository below https://github.com/acme/. */
    source: string;
    tag: string;
  }): Promise<void> {
    const { image, plan } = options;
    const targets =
      plan.target === 'platforms'
        ? [image.platforms.amd64, image.platforms.arm64]
        : [image.top];
    for (const target of targets) {
      await this.#signManifest({ ...options, target });
    }
  }

  async #signManifest(options: {
    registry: OciRegistryServer;
    repository: string;
    target: OciDescriptor;
    plan: SignaturePlan;
    source: string;
    tag: string;
  }): Promise<void> {
    const { registry, repository, target, plan } = options;
    const name = `${registry.host}/${repository}`;
    const identity = identityOf(plan, options);
    const signer = this.#signer(plan, identity);
    const digest =
      plan.payload === 'otherImage' ? otherDigest(target) : target.digest;
    if (plan.form === 'sigTag') {
      const payload = simpleSigningPayload({ repository: name, digest });
      const signature =
        'key' in signer
          ? createLegacyKeyedSignature({ ...signer, payload })
          : await createLegacyKeylessSignature({ ...signer, payload });
      publishLegacySignatures({
        registry,
        repository,
        digest: target.digest,
        signatures: [signature],
      });
      return;
    }
    const statement =
      plan.statement === 'provenance'
        ? provenanceStatement({ repository: name, digest, identity })
        : signatureStatement(digest);
    const bundle =
      'key' in signer
        ? createKeyedBundle({ ...signer, statement })
        : await createKeylessBundle({ ...signer, statement });
    publishBundle({
      registry,
      repository,
      subject: target,
      bundle,
      createdAt: new Date(),
    });
  }

  #signer(plan: SignaturePlan, identity: GithubIdentity): Signer {
    switch (plan.by) {
      case 'releaseKey':
        return { key: this.releaseKey };
      case 'vendorKey':
        return { key: this.vendorKey };
      case 'strangerKey':
        return { key: this.#strangerKey };
      case 'releaseWorkflow':
      case 'otherWorkflow':
        return { sigstore: this.#sigstore, identity };
      case 'otherAuthority':
        return { sigstore: this.#otherSigstore, identity };
      default:
        throw new TypeError(`unknown signer in ${JSON.stringify(plan)}`);
    }
  }
}

function identityOf(
  plan: SignaturePlan,
  options: { source: string; tag: string },
): GithubIdentity {
  const owner = plan.by === 'otherWorkflow' ? 'mallory' : 'acme';
  return {
    repository: `${owner}/${options.source}`,
    workflow: '.github/workflows/release.yml',
    ref: `refs/tags/v${options.tag}`,
    commit: createHash('sha1')
      .update(`${owner}/${options.source}@${options.tag}`)
      .digest('hex'),
  };
}

function otherDigest(target: OciDescriptor): string {
  const hex = createHash('sha256').update(`not ${target.digest}`).digest('hex');
  return `sha256:${hex}`;
}
