export * from './AdmissionRequest';
export * from './readReview';
export * from './questionOf';
export type { RequestedContainer } from './requestedImages';
