export * from './controlFrameworks';
export type { ControlFrameworkId } from './frameworks';
