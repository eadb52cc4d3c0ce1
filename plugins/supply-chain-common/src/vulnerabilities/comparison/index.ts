export * from './compareFindings';
export * from './changedPackages';
export { comparedScans } from './comparedScans';
