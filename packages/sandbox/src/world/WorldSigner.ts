import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { NotaryServer, TrustCollection } from '../notary';
import { OciDescriptor, OciRegistryServer } from '../registry';
import {
  createKeyedBundle,
  createKeylessBundle,
  createLegacyKeyedSignature,
  createLegacyKeylessSignature,
  createSigningKey,
  GithubIdentity,
  NotationAuthority,
  PrivateSigstore,
  provenanceStatement,
  publishBundle,
  publishLegacySignatures,
  publishNotationSignature,
  signatureStatement,
  signForNotation,
  SigningKey,
  simpleSigningPayload,
  Statement,
  vexStatement,
} from '../signing';
import { BuiltImage } from './buildImage';
import { SignaturePlan, SigstorePlan } from './serviceTypes';
import { HARMLESS, packageUrlOf } from './trivyReport';

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
  readonly #notary: NotaryServer;
  readonly #collections = new Map<string, TrustCollection>();
  readonly notation: NotationAuthority;
  readonly #notationChain: ReturnType<NotationAuthority['issueSigner']>;

  static async create(options: { notary: NotaryServer }): Promise<WorldSigner> {
    return new WorldSigner({
      ...options,
      sigstore: await PrivateSigstore.create(),
      otherSigstore: await PrivateSigstore.create({
        name: 'sigstore.mallory.example',
      }),
      notation: NotationAuthority.create({ now: new Date() }),
    });
  }

  private constructor(options: {
    sigstore: PrivateSigstore;
    otherSigstore: PrivateSigstore;
    notary: NotaryServer;
    notation: NotationAuthority;
  }) {
    this.#sigstore = options.sigstore;
    this.#otherSigstore = options.otherSigstore;
    this.#notary = options.notary;
    this.notation = options.notation;
    this.#notationChain = this.notation.issueSigner('Release');
  }

  /** The root key of each collection of trust data, by the name of the collection. */
  rootKeyIds(): Record<string, string> {
    return Object.fromEntries(
      [...this.#collections].map(([gun, { keys }]) => [gun, keys.root.id]),
    );
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
      'target' in plan && plan.target === 'platforms'
        ? [image.platforms.amd64, image.platforms.arm64]
        : [image.top];
    for (const target of targets) {
      await this.#signManifest({ ...options, target });
    }
  }

  async #signManifest(options: ManifestToSign<SignaturePlan>): Promise<void> {
    const { plan } = options;
    switch (plan.form) {
      case 'notation':
        return this.#signForNotation(options);
      case 'contentTrust':
        return this.#signTag(options);
      default:
        return this.#signWithSigstore({ ...options, plan });
    }
  }

  #signForNotation(options: ManifestToSign<SignaturePlan>): void {
    const { registry, repository, target } = options;
    const now = new Date();
    const chain = this.#notationChain;
    publishNotationSignature({
      registry,
      repository,
      subject: target,
      format: 'jws',
      chain,
      createdAt: now,
      envelope: signForNotation({
        format: 'jws',
        chain,
        target,
        signingTime: now,
        timestamp: signature => this.notation.timestamp(signature, now),
      }),
    });
  }

  #signTag(options: ManifestToSign<SignaturePlan>): void {
    const { registry, repository, target, tag } = options;
    const gun = `${registry.host}/${repository}`;
    const now = new Date();
    const known = this.#collections.get(gun);
    const collection = known ?? TrustCollection.create({ gun, now });
    collection.signTag(tag, target.digest, { sizeBytes: target.size });
    collection.publish(now);
    this.#collections.set(gun, collection);
    this.#notary.add(collection);
  }

  async #signWithSigstore(
    options: ManifestToSign<SigstorePlan>,
  ): Promise<void> {
    const { registry, repository, target, plan } = options;
    if (plan.afterMs) {
      await setTimeout(plan.afterMs);
    }
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
    const statement = statementOf({ plan, name, digest, identity });
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

  #signer(plan: SigstorePlan, identity: GithubIdentity): Signer {
    switch (plan.by) {
      case 'releaseKey':
        return { key: this.releaseKey };
      case 'vendorKey':
        return { key: this.vendorKey };
      case 'strangerKey':
        return { key: this.#strangerKey };
      case 'releaseWorkflow':
      case 'otherWorkflow':
      case 'buildWorkflow':
      case 'isolatedBuilder':
      case 'forkOfIsolatedBuilder':
        return { sigstore: this.#sigstore, identity };
      case 'otherAuthority':
        return { sigstore: this.#otherSigstore, identity };
      default:
        throw new TypeError(`unknown signer in ${JSON.stringify(plan)}`);
    }
  }
}

type ManifestToSign<P> = {
  registry: OciRegistryServer;
  repository: string;
  target: OciDescriptor;
  plan: P;
  source: string;
  tag: string;
};

function statementOf(options: {
  plan: SigstorePlan;
  name: string;
  digest: string;
  identity: GithubIdentity;
}): Statement {
  const { plan, name, digest, identity } = options;
  switch (plan.statement) {
    case 'provenance':
      return provenanceStatement({ repository: name, digest, identity });
    case 'contradictoryProvenance':
      return provenanceStatement({
        repository: name,
        digest,
        identity,
        claimedRepository: 'acme/monorepo',
      });
    case 'vex':
      return vexStatement({
        repository: name,
        digest,
        issuedAt: new Date(),
        vulnerability: HARMLESS.vulnerabilityID,
        packageUrl: packageUrlOf(HARMLESS),
      });
    default:
      return signatureStatement(digest);
  }
}

const STRANGERS: readonly SigstorePlan['by'][] = [
  'otherWorkflow',
  'forkOfIsolatedBuilder',
];

const RELEASE_WORKFLOW = '.github/workflows/release.yml';

/** The workflow that signs, where it is not the release workflow of the repository. */
const WORKFLOWS: Partial<Record<SigstorePlan['by'], Partial<GithubIdentity>>> =
  {
    buildWorkflow: { workflow: '.github/workflows/build.yml' },
    isolatedBuilder: isolatedBuilder(),
    forkOfIsolatedBuilder: isolatedBuilder(),
  };

function isolatedBuilder(): Partial<GithubIdentity> {
  return {
    workflowRepository: 'slsa-framework/slsa-github-generator',
    workflow: '.github/workflows/generator_container_slsa3.yml',
    workflowRef: 'refs/tags/v2.1.0',
    callerWorkflow: RELEASE_WORKFLOW,
  };
}

function identityOf(
  plan: SigstorePlan,
  options: { source: string; tag: string },
): GithubIdentity {
  const owner = STRANGERS.includes(plan.by) ? 'mallory' : 'acme';
  return {
    repository: `${owner}/${options.source}`,
    workflow: RELEASE_WORKFLOW,
    ...WORKFLOWS[plan.by],
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
