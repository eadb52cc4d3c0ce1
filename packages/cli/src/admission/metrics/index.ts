export * from './AdmissionMetrics';
