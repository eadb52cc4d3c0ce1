import { SignaturePlan } from '../world';
import {
  BadRequest,
  clusterOf,
  containersOf,
  oneOf,
  referencesOf,
  workloadOf,
  workloadsOf,
} from './requestBody';
import { ControlContext, startPod, VARIANTS } from './startPod';

/**
 * One thing that can be done to the world.
 * @public
 */
export interface ControlAction {
  description: string;
  /** Names and meaning of the fields of the body. */
  fields: Record<string, string>;
  run(context: ControlContext, body: Record<string, unknown>): Promise<object>;
}

const KEYED: SignaturePlan = { form: 'bundle', by: 'releaseKey' };

const SERVICE = { service: 'name of a service of the catalog' };
const CLUSTER = { cluster: 'prod-eu or prod-us' };
const WORKLOAD = { workload: 'name of one workload; default: the newest' };

/**
 * Everything the control endpoint can do, by name.
 * @public
 */
export const CONTROL_ACTIONS: Record<string, ControlAction> = {
  'start-pod': {
    description: 'Builds a new image, deploys it for the service and scans it',
    fields: {
      ...SERVICE,
      variant: `one of ${Object.keys(VARIANTS).join(', ')}; default: signed`,
      cluster: 'prod-eu or prod-us; default: prod-eu',
    },
    run: startPod,
  },
  'stop-pod': {
    description: 'Takes a workload away with its pods and reports',
    fields: { ...SERVICE, ...WORKLOAD },
    async run({ world }, body) {
      const workload = workloadOf(world, body);
      world.stop(workload);
      return { stopped: workload.name };
    },
  },
  scale: {
    description: 'Sets the number of pods of a workload',
    fields: { ...SERVICE, ...WORKLOAD, replicas: '0 to 50' },
    async run({ world }, body) {
      const replicas = body.replicas;
      if (
        typeof replicas !== 'number' ||
        !Number.isInteger(replicas) ||
        replicas < 0 ||
        replicas > 50
      ) {
        throw new BadRequest('expected replicas from 0 to 50');
      }
      const workload = workloadOf(world, body);
      workload.scale(replicas);
      return { workload: workload.name, replicas };
    },
  },
  sign: {
    description: 'Signs every image the service runs with the release key',
    fields: SERVICE,
    async run({ world }, body) {
      for (const container of containersOf(world, body)) {
        await world.sign(container, KEYED);
      }
      return { signed: referencesOf(world, body) };
    },
  },
  unsign: {
    description: 'Removes every signature and attestation of the service',
    fields: SERVICE,
    async run({ world }, body) {
      containersOf(world, body).forEach(container => world.unsign(container));
      return { unsigned: referencesOf(world, body) };
    },
  },
  'refuse-registry': {
    description: 'The registry answers 401 for the repositories of the service',
    fields: SERVICE,
    async run({ world }, body) {
      containersOf(world, body).forEach(({ definition }) =>
        world.refuse(definition.image),
      );
      return { refused: referencesOf(world, body) };
    },
  },
  'restore-registry': {
    description:
      'The registry answers again for the repositories of the service',
    fields: SERVICE,
    async run({ world }, body) {
      containersOf(world, body).forEach(({ definition }) =>
        world.restore(definition.image),
      );
      return { restored: referencesOf(world, body) };
    },
  },
  report: {
    description:
      'Publishes Trivy reports with a fixable critical vulnerability',
    fields: {
      ...SERVICE,
      plan: 'fixableCriticalOverdue (default), fixableCriticalInLeeway, clean, stale or otherDigest',
    },
    async run({ world, now }, body) {
      const plan = oneOf(body.plan ?? 'fixableCriticalOverdue', 'plan', [
        'fixableCriticalOverdue',
        'fixableCriticalInLeeway',
        'clean',
        'stale',
        'otherDigest',
      ]);
      workloadsOf(world, body).forEach(workload =>
        workload.report(plan, now()),
      );
      return { reported: referencesOf(world, body), plan };
    },
  },
  'drop-report': {
    description: 'Deletes the Trivy reports of the service',
    fields: SERVICE,
    async run({ world }, body) {
      workloadsOf(world, body).forEach(workload => workload.dropReports());
      return { dropped: referencesOf(world, body) };
    },
  },
  'cluster-down': {
    description: 'The API server of a cluster refuses connections',
    fields: CLUSTER,
    async run({ world }, body) {
      const cluster = clusterOf(body.cluster);
      await world.cluster(cluster).suspend();
      return { down: cluster };
    },
  },
  'cluster-up': {
    description: 'The API server of a cluster answers again',
    fields: CLUSTER,
    async run({ world }, body) {
      const cluster = clusterOf(body.cluster);
      await world.cluster(cluster).resume();
      return { up: cluster };
    },
  },
  'clair-down': {
    description: 'Clair refuses connections',
    fields: {},
    async run({ world }) {
      await world.clair.suspend();
      return { down: 'clair' };
    },
  },
  'clair-up': {
    description: 'Clair answers again',
    fields: {},
    async run({ world }) {
      await world.clair.resume();
      return { up: 'clair' };
    },
  },
  'clair-finish': {
    description:
      'Clair finishes every image the service runs, and notifies the portal',
    fields: SERVICE,
    async run({ world }, body) {
      await world.finishClair(containersOf(world, body));
      return { finished: referencesOf(world, body) };
    },
  },
  'move-tag': {
    description: 'Builds the tags of the service anew; what runs stays',
    fields: SERVICE,
    async run({ world, next }, body) {
      return {
        moved: containersOf(world, body).map(container => {
          const { image } = container.definition;
          return {
            reference: `${container.registry.host}/${image.repository}:${image.tag}`,
            from: container.image.top.digest,
            to: world.moveTag(image, next()).top.digest,
          };
        }),
      };
    },
  },
};
