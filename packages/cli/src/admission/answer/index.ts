export * from './AdmissionResponse';
export * from './responseOf';
