export * from './rule';
export * from './builtInRules';
export * from './describeRule';
export { DEFAULT_SCAN_MAX_AGE_HOURS } from './scan-fresh/definition';
export { DEFAULT_CATALOGUE_MAX_AGE_DAYS } from './no-known-exploited/definition';
export * from './ruleReasons';
