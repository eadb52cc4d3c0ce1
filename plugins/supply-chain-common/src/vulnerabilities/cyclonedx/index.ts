export { parseCycloneDxReport } from './parseCycloneDxReport';
