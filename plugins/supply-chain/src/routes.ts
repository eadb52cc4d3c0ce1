import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/**
 * The supply chain pages.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'supply-chain' });

/**
 * One image: the target of rows, notifications and search. Needs `?repository=` beside it.
 *
 * @public
 */
export const imageRouteRef = createSubRouteRef({
  id: 'supply-chain.image',
  parent: rootRouteRef,
  path: '/images/:digest',
});

/**
 * The portal-wide overview.
 *
 * @public
 */
export const overviewRouteRef = createSubRouteRef({
  id: 'supply-chain.overview',
  parent: rootRouteRef,
  path: '/overview',
});

/**
 * Running images that belong to no entity.
 *
 * @public
 */
export const unlinkedRouteRef = createSubRouteRef({
  id: 'supply-chain.unlinked',
  parent: rootRouteRef,
  path: '/not-linked',
});

/**
 * The clusters that something is reported on as a whole.
 *
 * @public
 */
export const clustersRouteRef = createSubRouteRef({
  id: 'supply-chain.clusters',
  parent: rootRouteRef,
  path: '/clusters',
});

/**
 * What is reported on a cluster as a whole.
 *
 * @public
 */
export const clusterRouteRef = createSubRouteRef({
  id: 'supply-chain.cluster',
  parent: rootRouteRef,
  path: '/clusters/:cluster',
});

/**
 * Vulnerabilities of everything that runs. With `?id=`, where one of them runs.
 *
 * @public
 */
export const vulnerabilitiesRouteRef = createSubRouteRef({
  id: 'supply-chain.vulnerabilities',
  parent: rootRouteRef,
  path: '/vulnerabilities',
});

/**
 * State of clusters, registries, scanners and policy files.
 *
 * @public
 */
export const sourcesRouteRef = createSubRouteRef({
  id: 'supply-chain.sources',
  parent: rootRouteRef,
  path: '/sources',
});

/**
 * Which policies are in force, and what comes to what under them.
 *
 * @public
 */
export const policiesRouteRef = createSubRouteRef({
  id: 'supply-chain.policies',
  parent: rootRouteRef,
  path: '/policies',
});

/**
 * Whose signatures count, and what stands on them.
 *
 * @public
 */
export const trustRouteRef = createSubRouteRef({
  id: 'supply-chain.trust',
  parent: rootRouteRef,
  path: '/trust',
});

/**
 * What may fail for a while, who asked for it and who approved it.
 *
 * @public
 */
export const waiversRouteRef = createSubRouteRef({
  id: 'supply-chain.waivers',
  parent: rootRouteRef,
  path: '/waivers',
});

/**
 * Every reason code with its meaning and what to do.
 *
 * @public
 */
export const reasonsRouteRef = createSubRouteRef({
  id: 'supply-chain.reasons',
  parent: rootRouteRef,
  path: '/reasons',
});
