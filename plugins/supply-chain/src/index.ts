/**
 * Supply Chain Security for Backstage: tab, cards, image page and overview.
 *
 * @packageDocumentation
 */
export { supplyChainPlugin as default } from './plugin';
export * from './api';
export {
  imageRouteRef,
  overviewRouteRef,
  rootRouteRef,
  sourcesRouteRef,
  unlinkedRouteRef,
  vulnerabilitiesRouteRef,
} from './routes';
