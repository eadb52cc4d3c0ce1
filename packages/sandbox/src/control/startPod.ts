import {
  ContainerPlan,
  SandboxWorld,
  SignaturePlan,
  SigstorePlan,
} from '../world';
import { clusterOf, oneOf, serviceOf } from './requestBody';

/**
 * What an action works on.
 * @public
 */
export interface ControlContext {
  world: SandboxWorld;
  now: () => Date;
  /** Counts up: makes names and builds differ. */
  next(): number;
}

const KEYED: SigstorePlan = { form: 'bundle', by: 'releaseKey' };

/** What `start-pod` can start, by signature. */
export const VARIANTS: Record<string, SignaturePlan[]> = {
  signed: [KEYED],
  unsigned: [],
  'wrong-key': [{ ...KEYED, by: 'strangerKey' }],
  'wrong-identity': [{ ...KEYED, by: 'otherWorkflow' }],
  'wrong-authority': [{ ...KEYED, by: 'otherAuthority' }],
  'other-digest': [{ ...KEYED, payload: 'otherImage' }],
  'attested-only': [
    { ...KEYED, by: 'releaseWorkflow', statement: 'provenance' },
  ],
};

/** Builds, signs, deploys and scans one new image for a service. */
export async function startPod(
  { world, next }: ControlContext,
  body: Record<string, unknown>,
): Promise<object> {
  const service = serviceOf(body);
  const variant = oneOf(
    body.variant ?? 'signed',
    'variant',
    Object.keys(VARIANTS),
  );
  const number = next();
  const container: ContainerPlan = {
    name: service.name,
    image: {
      registry: 'own',
      repository: `${service.system}/${service.name}-started`,
      tag: `0.0.${number}`,
      signatures: VARIANTS[variant],
    },
    scan: 'clean',
  };
  const deployed = await world.start({
    service: service.name,
    namespace: service.system,
    workload: {
      cluster: clusterOf(body.cluster ?? 'prod-eu'),
      kind: 'Deployment',
      name: `${service.name}-${variant}-${number}`,
      containers: [container],
    },
  });
  const [{ registry, image }] = deployed.containers;
  return {
    workload: deployed.name,
    image: `${registry.host}/${container.image.repository}@${image.top.digest}`,
  };
}
