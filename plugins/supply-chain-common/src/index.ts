/**
 * Model, policy and verdicts of Supply Chain Security for Backstage. No I/O, no clock, no Node built-ins.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './permissions';
export * from './model';
export * from './predicates';
export * from './sourceRepositories';
export * from './catalog';
export * from './policy';
export * from './vulnerabilities';
export * from './vulnerabilities/clair';
export { isSamePlatform } from './vulnerabilities/relateScan';
export * from './enforcers';
export * from './summary';
export * from './checkReport';
export * from './export';
export * from './inventory';
export * from './admissionFeed';
export * from './json';
export * from './kubernetes';
export * from './text';
export * as schema from './schema/openapi';
