import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import { issueServingCertificate } from '../signing';
import { referenceOf } from './DeployedWorkload';
import { SandboxWorld } from './SandboxWorld';

/** Ports the webhook of the sandbox listens on once somebody starts it. */
const WEBHOOK_PORT = 7080;
const HEALTH_PORT = 7081;

/** A file of the world by its name. */
export type WorldFile = { name: string; content: string };

/**
 * What `supply-chain admission` needs to judge what the clusters of the world would run, and reviews as an API server
 * would send them: one of a service that is let in, one of a service that is refused; and a scan for the command line.
 */
export function admissionFiles(options: {
  world: SandboxWorld;
  /** Hosts that speak plain HTTP. */
  hosts: string[];
}): WorldFile[] {
  const { world, hosts } = options;
  const { certificate, key } = issueServingCertificate({ days: 60 });
  return [
    { name: 'admission.crt', content: certificate },
    { name: 'admission.key', content: key },
    { name: 'admission.yaml', content: stringify(configuration(hosts)) },
    ...['web', 'invoices'].map(service => ({
      name: `review-${service}.json`,
      content: json(reviewOf(world, service)),
    })),
    { name: 'trivy-web.json', content: json(trivyResult(world, 'web')) },
  ];
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function configuration(hosts: string[]): object {
  return {
    apiVersion: 'supply-chain/v1',
    kind: 'AdmissionConfiguration',
    cluster: 'prod-eu',
    listen: { address: '127.0.0.1', port: WEBHOOK_PORT },
    health: { address: '127.0.0.1', port: HEALTH_PORT },
    tls: { certFile: './admission.crt', keyFile: './admission.key' },
    policies: ['./policy.yaml'],
    mutate: true,
    registries: {
      hosts: hosts.map(host => ({
        host,
        insecure: true,
        allowPrivateAddress: true,
      })),
    },
  };
}

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#request */
function reviewOf(world: SandboxWorld, service: string): object {
  const workload = workloadOf(world, service);
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: randomUUID(),
      kind: { group: '', version: 'v1', kind: 'Pod' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      name: service,
      namespace: workload.namespace,
      operation: 'CREATE',
      object: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: service, namespace: workload.namespace },
        spec: {
          containers: workload.containers.map(container => ({
            name: container.definition.name,
            image: referenceOf(container),
          })),
        },
      },
      oldObject: null,
    },
  };
}

/** A scan that found nothing, as `trivy image --format json` writes it. */
function trivyResult(world: SandboxWorld, service: string): object {
  const [container] = workloadOf(world, service).containers;
  const { registry, definition, image } = container;
  const { repository, tag } = definition.image;
  return {
    SchemaVersion: 2,
    CreatedAt: new Date().toISOString(),
    ArtifactName: `${registry.host}/${repository}:${tag}`,
    ArtifactType: 'container_image',
    Metadata: {
      OS: { Family: 'alpine', Name: '3.20.1' },
      RepoDigests: [
        `${registry.host}/${repository}@${image.platforms.amd64.digest}`,
      ],
      ImageConfig: { architecture: 'amd64', os: 'linux' },
    },
    Results: [
      {
        Target: `${repository} (alpine 3.20.1)`,
        Class: 'os-pkgs',
        Type: 'alpine',
        Vulnerabilities: [],
      },
    ],
  };
}

function workloadOf(world: SandboxWorld, service: string) {
  return world
    .workloads()
    .find(each => each.service === service && each.cluster === 'prod-eu')!;
}
