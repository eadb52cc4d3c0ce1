export * from './rule';
export * from './builtInRules';
export { DEFAULT_SCAN_MAX_AGE_HOURS } from './scan-fresh/definition';
