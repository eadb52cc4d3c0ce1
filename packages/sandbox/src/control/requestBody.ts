import {
  ClusterName,
  DeployedContainer,
  DeployedWorkload,
  SANDBOX_SERVICES,
  SandboxService,
  SandboxWorld,
} from '../world';

/**
 * A body that an action cannot use; the message says why.
 * @public
 */
export class BadRequest extends Error {}

/** The service a body names. */
export function serviceOf(body: Record<string, unknown>): SandboxService {
  const service = SANDBOX_SERVICES.find(({ name }) => name === body.service);
  if (!service) {
    throw new BadRequest('expected the name of a service');
  }
  return service;
}

/** What runs for the service; refused when nothing does. */
export function workloadsOf(
  world: SandboxWorld,
  body: Record<string, unknown>,
): DeployedWorkload[] {
  const { name } = serviceOf(body);
  const workloads = world.workloads(name);
  if (workloads.length === 0) {
    throw new BadRequest(`nothing runs for '${name}'`);
  }
  return workloads;
}

/** The workload a body names, or the newest of the service. */
export function workloadOf(
  world: SandboxWorld,
  body: Record<string, unknown>,
): DeployedWorkload {
  const workloads = workloadsOf(world, body);
  const workload =
    body.workload === undefined
      ? workloads[workloads.length - 1]
      : workloads.find(({ name }) => name === body.workload);
  if (!workload) {
    throw new BadRequest('expected the name of a workload of the service');
  }
  return workload;
}

/** Every container that runs for the service. */
export function containersOf(
  world: SandboxWorld,
  body: Record<string, unknown>,
): DeployedContainer[] {
  return workloadsOf(world, body).flatMap(({ containers }) => containers);
}

/** `repository@digest` of everything that runs for the service. */
export function referencesOf(
  world: SandboxWorld,
  body: Record<string, unknown>,
): string[] {
  return containersOf(world, body).map(
    ({ registry, definition, image }) =>
      `${registry.host}/${definition.image.repository}@${image.top.digest}`,
  );
}

/** The cluster a value names. */
export function clusterOf(value: unknown): ClusterName {
  return oneOf(value, 'cluster', ['prod-eu', 'prod-us']);
}

/** The value, when it is one of the allowed words. */
export function oneOf<T extends string>(
  value: unknown,
  field: string,
  allowed: readonly T[],
): T {
  const found = allowed.find(candidate => candidate === value);
  if (found === undefined) {
    throw new BadRequest(
      `expected ${field} to be one of ${allowed.join(', ')}`,
    );
  }
  return found;
}
