/**
 * Images of an entity that no cluster shows: comma-separated references, at most 20, for instance
 * `registry.acme.example/shop/web:1.0.0, registry.acme.example/shop/worker:1.0.0`. They are verified and judged, and
 * count as nothing that runs.
 *
 * @public
 */
export const SUPPLY_CHAIN_IMAGES_ANNOTATION = 'supply-chain/images';

/**
 * The repository images must be built from, when it is not the entity's source location,
 * for instance `https://github.com/acme/payments`.
 *
 * @public
 */
export const SUPPLY_CHAIN_SOURCE_REPOSITORY_ANNOTATION =
  'supply-chain/source-repository';
