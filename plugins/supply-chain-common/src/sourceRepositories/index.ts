export * from './normaliseSourceRepository';
export * from './parseWorkflowUri';
