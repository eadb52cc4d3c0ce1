import { ClairServer } from '../clair';
import { KubernetesApiServer } from '../kubernetes';
import { NotaryServer } from '../notary';
import { fallbackTagOf, OciRegistryServer } from '../registry';
import { BuiltImage, buildImage } from './buildImage';
import { clairContent } from './clairContent';
import { DeployedContainer, DeployedWorkload } from './DeployedWorkload';
import { clusterObjects } from './clusterObjects';
import { clusterReports } from './clusterReports';
import { SANDBOX_SERVICES, SANDBOX_UNLINKED } from './services';
import {
  ClusterName,
  ContainerPlan,
  SandboxImage,
  SandboxWorkload,
  SignaturePlan,
} from './serviceTypes';
import { WorldSigner } from './WorldSigner';

/**
 * @public
 */
export interface SandboxWorldOptions {
  registry: OciRegistryServer;
  vendor: OciRegistryServer;
  notary: NotaryServer;
  clair: ClairServer;
  clusters: Record<ClusterName, KubernetesApiServer>;
  now: () => Date;
}

/**
 * A workload that is to be started.
 * @public
 */
export interface WorkloadRequest {
  workload: SandboxWorkload<ContainerPlan>;
  namespace: string;
  service?: string;
}

/**
 * Registries, clusters and signatures as one world: built from the table of
 * services, and changed afterwards by name.
 * @public
 */
export class SandboxWorld {
  readonly #options: SandboxWorldOptions;
  readonly signer: WorldSigner;
  readonly #images = new Map<string, BuiltImage>();
  readonly #refusals = new Map<string, () => void>();
  readonly #workloads: DeployedWorkload[] = [];

  static async create(options: SandboxWorldOptions): Promise<SandboxWorld> {
    const world = new SandboxWorld(
      options,
      await WorldSigner.create({ notary: options.notary }),
    );
    for (const [name, server] of Object.entries(options.clusters)) {
      const reports = clusterReports(name as ClusterName, options.now());
      [...clusterObjects(name), ...reports].forEach(object =>
        server.apply(object),
      );
    }
    for (const service of SANDBOX_SERVICES) {
      for (const workload of service.workloads) {
        const namespace = service.system;
        await world.start({ workload, namespace, service: service.name });
      }
    }
    for (const workload of SANDBOX_UNLINKED) {
      await world.start({ workload, namespace: workload.namespace });
    }
    return world;
  }

  private constructor(options: SandboxWorldOptions, signer: WorldSigner) {
    this.#options = options;
    this.signer = signer;
  }

  /** Everything that runs, or what runs for one service. */
  workloads(service?: string): DeployedWorkload[] {
    return this.#workloads.filter(
      workload => service === undefined || workload.service === service,
    );
  }

  cluster(name: ClusterName): KubernetesApiServer {
    return this.#options.clusters[name];
  }

  /** The image as it was last built. */
  image(definition: SandboxImage): BuiltImage | undefined {
    return this.#images.get(keyOf(definition));
  }

  /** Builds and signs what the workload needs, then deploys it. */
  async start(request: WorkloadRequest): Promise<DeployedWorkload> {
    const { workload, namespace, service } = request;
    const containers: DeployedContainer[] = [];
    for (const definition of workload.containers) {
      const image = await this.#ensureImage(definition.image, service);
      const registry = this.#registryOf(definition.image);
      containers.push({ definition, registry, image });
      this.#scanByClair(definition, image);
    }
    const deployed = DeployedWorkload.deploy({
      server: this.#options.clusters[workload.cluster],
      cluster: workload.cluster,
      namespace,
      name: workload.name ?? service ?? containers[0].definition.name,
      kind: workload.kind,
      service,
      replicas: workload.replicas ?? 1,
      architecture: workload.architecture ?? 'amd64',
      enforcers: workload.otherEnforcers?.reports,
      checks: workload.checks?.reports,
      containers,
      now: this.#options.now(),
    });
    this.#workloads.push(deployed);
    return deployed;
  }

  /** The scanner that is no part of any cluster. */
  get clair(): ClairServer {
    return this.#options.clair;
  }

  stop(workload: DeployedWorkload): void {
    workload.remove();
    this.#workloads.splice(this.#workloads.indexOf(workload), 1);
  }

  /** Has Clair finish with these. */
  async finishClair(containers: readonly DeployedContainer[]): Promise<void> {
    const { clair } = this.#options;
    const digests = containers
      .flatMap(({ image }) => Object.values(image.platforms))
      .map(({ digest }) => digest);
    digests.forEach(digest => clair.setFinished(digest, true));
    await clair.notify(digests);
  }

  /** Adds a signature to an image that exists. */
  async sign(container: DeployedContainer, plan: SignaturePlan): Promise<void> {
    const { repository, tag } = container.definition.image;
    await this.signer.sign({
      registry: container.registry,
      repository,
      image: container.image,
      plan,
      source: repository.split('/')[1],
      tag,
    });
  }

  /** Takes every signature and attestation of an image away. */
  unsign({ registry, definition, image }: DeployedContainer): void {
    const { repository } = definition.image;
    const { top, platforms } = image;
    for (const { digest } of [top, platforms.amd64, platforms.arm64]) {
      for (const referrer of [
        ...(registry.store.find(repository)?.referrers[digest] ?? []),
      ]) {
        registry.store.deleteManifest(repository, referrer.digest);
      }
      registry.store.untag(repository, `${fallbackTagOf(digest)}.sig`);
    }
  }

  /** Lets the registry answer 401 for a repository. */
  refuse(definition: SandboxImage): void {
    const { repository } = definition;
    if (this.#refusals.has(keyOf(definition))) {
      return;
    }
    const restore = this.#registryOf(definition).addFault({
      repository,
      fault: {
        kind: 'status',
        status: 401,
        headers: { 'WWW-Authenticate': 'Basic realm="sandbox"' },
      },
    });
    this.#refusals.set(keyOf(definition), restore);
  }

  restore(definition: SandboxImage): void {
    this.#refusals.get(keyOf(definition))?.();
    this.#refusals.delete(keyOf(definition));
  }

  /** Builds the tag anew: it names another digest from now on. */
  moveTag(definition: SandboxImage, build: number): BuiltImage {
    return this.#build(definition, build);
  }

  /** Clair knows platform manifests and never an index. */
  #scanByClair(
    { clair: plan = 'knowsNothing' }: ContainerPlan,
    { platforms }: BuiltImage,
  ): void {
    const { clair, now } = this.#options;
    for (const { digest } of Object.values(platforms)) {
      clair.put(digest, clairContent(plan, now()));
      clair.setFinished(digest, plan !== 'unfinished');
    }
  }

  async #ensureImage(
    definition: SandboxImage,
    service: string | undefined,
  ): Promise<BuiltImage> {
    const known = this.#images.get(keyOf(definition));
    if (known) {
      return known;
    }
    const image = this.#build(definition, 0);
    this.#images.set(keyOf(definition), image);
    for (const plan of definition.signatures) {
      await this.signer.sign({
        registry: this.#registryOf(definition),
        repository: definition.repository,
        image,
        plan,
        source: service ?? definition.repository.split('/')[1],
        tag: definition.tag,
      });
    }
    if (definition.refused) {
      this.refuse(definition);
    }
    return image;
  }

  #build(definition: SandboxImage, build: number): BuiltImage {
    const { repository, tag, multiArch, base } = definition;
    return buildImage({
      registry: this.#registryOf(definition),
      repository,
      tag,
      multiArch,
      base,
      build,
      source: `https://github.com/${
        definition.registry === 'vendor' ? 'vendor' : 'acme'
      }/${repository.split('/')[1]}`,
    });
  }

  #registryOf(definition: SandboxImage): OciRegistryServer {
    return definition.registry === 'vendor'
      ? this.#options.vendor
      : this.#options.registry;
  }
}

function keyOf({ registry, repository, tag }: SandboxImage): string {
  return `${registry}/${repository}:${tag}`;
}
