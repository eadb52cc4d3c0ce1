export * from './admissionConfigSchema';
export * from './readAdmissionConfig';
