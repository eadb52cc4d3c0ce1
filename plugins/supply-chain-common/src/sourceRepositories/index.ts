export * from './normaliseSourceRepository';
export * from './parseWorkflowUri';
export * from './matchesSourcePattern';
