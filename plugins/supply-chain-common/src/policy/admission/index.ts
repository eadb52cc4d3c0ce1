export * from './admissionOutcome';
export * from './portalWaivers';
