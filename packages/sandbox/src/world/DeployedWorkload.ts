import { KubernetesApiServer, KubernetesObject } from '../kubernetes';
import { OciRegistryServer } from '../registry';
import { BuiltImage } from './buildImage';
import { checkReports } from './checkReports';
import { policyReports } from './policyReports';
import { sbomReport } from './sbomReport';
import {
  CheckPlan,
  ClusterName,
  ContainerPlan,
  EnforcerPlan,
  ScanPlan,
} from './serviceTypes';
import { reportName, ReportSubject, trivyReport } from './trivyReport';
import { workloadObjects, WorkloadObjects } from './workloadObjects';

/**
 * A container of a workload with the image that was built for it.
 * @public
 */
export interface DeployedContainer {
  definition: ContainerPlan;
  registry: OciRegistryServer;
  image: BuiltImage;
}

/**
 * @public
 */
export interface DeployedWorkloadOptions {
  server: KubernetesApiServer;
  cluster: ClusterName;
  namespace: string;
  name: string;
  kind: 'Deployment' | 'StatefulSet' | 'CronJob';
  /** The catalog name; absent for a workload of nobody. */
  service?: string;
  replicas: number;
  architecture: 'amd64' | 'arm64';
  /** What other enforcers report on it. */
  enforcers?: EnforcerPlan;
  /** What is checked beside vulnerabilities. */
  checks?: CheckPlan;
  containers: DeployedContainer[];
  now: Date;
}

/**
 * A workload in a cluster that can be scaled, scanned and taken away.
 * @public
 */
export class DeployedWorkload {
  readonly #options: DeployedWorkloadOptions;
  #replicas: number;
  #objects: KubernetesObject[] = [];
  #scanned: KubernetesObject;

  static deploy(options: DeployedWorkloadOptions): DeployedWorkload {
    const workload = new DeployedWorkload(options);
    workload.scale(options.replicas);
    for (const container of options.containers) {
      workload.#report(container, container.definition.scan, options.now);
    }
    return workload;
  }

  private constructor(options: DeployedWorkloadOptions) {
    this.#options = options;
    this.#replicas = options.replicas;
    this.#scanned = this.#render().scanned;
  }

  get service(): string | undefined {
    return this.#options.service;
  }

  get name(): string {
    return this.#options.name;
  }

  get cluster(): ClusterName {
    return this.#options.cluster;
  }

  get namespace(): string {
    return this.#options.namespace;
  }

  get replicas(): number {
    return this.#replicas;
  }

  get containers(): readonly DeployedContainer[] {
    return this.#options.containers;
  }

  /** Sets the number of pods; objects that did not change are left alone. */
  scale(replicas: number): void {
    this.#replicas = replicas;
    const { objects, scanned } = this.#render();
    this.#scanned = scanned;
    const kept = new Set(objects.map(identityOf));
    this.#objects
      .filter(object => !kept.has(identityOf(object)))
      .forEach(object => this.#delete(object));
    const known = new Set(this.#objects.map(object => JSON.stringify(object)));
    objects
      .filter(object => !known.has(JSON.stringify(object)))
      .forEach(object => this.#options.server.apply(object));
    this.#objects = objects;
  }

  /** Publishes a scan of every container that started. */
  report(plan: ScanPlan, now: Date): void {
    this.#options.containers
      .filter(({ definition }) => definition.state !== 'imagePullBackOff')
      .forEach(container => this.#report(container, plan, now));
  }

  dropReports(): void {
    for (const { definition } of this.#options.containers) {
      this.#options.server.delete({
        apiVersion: 'aquasecurity.github.io/v1alpha1',
        kind: 'VulnerabilityReport',
        namespace: this.namespace,
        name: reportName(this.#scanned, definition.name),
      });
    }
  }

  remove(): void {
    this.dropReports();
    this.#objects.reverse().forEach(object => this.#delete(object));
    this.#objects = [];
  }

  #delete(object: KubernetesObject): void {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace } = metadata;
    this.#options.server.delete({ apiVersion, kind, name, namespace });
  }

  #report(container: DeployedContainer, plan: ScanPlan, now: Date): void {
    const report = trivyReport({
      plan,
      now,
      subject: this.#subjectOf(container, this.#scanned),
    });
    if (report) {
      this.#options.server.apply(report);
    }
  }

  #subjectOf(
    container: DeployedContainer,
    controller: KubernetesObject,
  ): ReportSubject {
    const { definition, registry } = container;
    return {
      controller,
      container: definition.name,
      registry: registry.host,
      repository: definition.image.repository,
      tag: definition.image.tag,
      digest: this.#digestOf(container),
    };
  }

  #digestOf({ definition, image }: DeployedContainer): string {
    return definition.reports === 'index'
      ? image.top.digest
      : image.platforms[this.#options.architecture].digest;
  }

  #render(): WorkloadObjects {
    const { cluster, architecture, containers, enforcers, checks, ...rest } =
      this.#options;
    const rendered = workloadObjects({
      ...rest,
      replicas: this.#replicas,
      nodeName: `${cluster}-${architecture}`,
      containers: containers.map(container => {
        const { definition, registry } = container;
        const { repository } = definition.image;
        return {
          name: definition.name,
          type: definition.type ?? 'app',
          state: definition.state ?? 'running',
          imageRef: referenceOf(container),
          imageId: `${registry.host}/${repository}@${this.#digestOf(
            container,
          )}`,
        };
      }),
    });
    const { objects } = rendered;
    const sboms = containers.flatMap(
      container =>
        sbomReport({
          subject: this.#subjectOf(container, rendered.scanned),
          plan: container.definition.sbom,
          now: rest.now,
        }) ?? [],
    );
    const reports = [
      ...sboms,
      ...policyReports({ plan: enforcers, objects, now: rest.now }),
      ...checkReports({
        plan: checks,
        controller: rendered.scanned,
        container: containers[0].definition.name,
        now: rest.now,
      }),
    ];
    // A report goes with the object it is on, as the garbage collector of a cluster sees to it.
    return { ...rendered, objects: [...objects, ...reports] };
  }
}

/** The image as the workload names it. */
export function referenceOf({
  definition,
  registry,
  image,
}: DeployedContainer): string {
  const { repository, tag } = definition.image;
  const reference = `${registry.host}/${repository}:${tag}`;
  return definition.pinned === 'tag'
    ? reference
    : `${reference}@${image.top.digest}`;
}

function identityOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}
