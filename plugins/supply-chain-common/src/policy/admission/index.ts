export * from './admissionOutcome';
