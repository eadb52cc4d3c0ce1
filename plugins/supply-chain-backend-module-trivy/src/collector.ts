/**
 * The parts of this module that need no backend.
 *
 * @packageDocumentation
 */
export * from './TrivyFeed';
export { parseVulnerabilityReport } from './parseVulnerabilityReport';
