export * from './AdmissionPolicies';
export * from './ServingCertificate';
