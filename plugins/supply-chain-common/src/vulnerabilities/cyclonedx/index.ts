export { parseCycloneDxReport } from './parseCycloneDxReport';
export { readCycloneDxSbom, SBOM_MAX_COMPONENTS } from './readCycloneDxSbom';
export type { CycloneDxSbom } from './readCycloneDxSbom';
