import { EntityFacts } from 'backstage-plugin-supply-chain-common';
import { PreparedCase } from './ConformanceWorld';

/** The service the image of a case belongs to, where a catalog is known. */
export function entityOf({
  definition: { source },
}: PreparedCase): EntityFacts {
  return {
    ref: 'component:default/web',
    kind: 'component',
    namespace: 'default',
    name: 'web',
    ...(source && { sourceLocation: source }),
  };
}
