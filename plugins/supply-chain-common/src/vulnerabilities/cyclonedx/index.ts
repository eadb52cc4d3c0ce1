export { parseCycloneDxReport } from './parseCycloneDxReport';
export {
  isOfCluster,
  readCycloneDxClusterSbom,
  readCycloneDxSbom,
  SBOM_MAX_COMPONENTS,
} from './readCycloneDxSbom';
export type { CycloneDxClusterSbom, CycloneDxSbom } from './readCycloneDxSbom';
