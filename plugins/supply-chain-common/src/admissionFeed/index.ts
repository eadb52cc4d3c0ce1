export * from './AdmissionFeedPage';
export * from './signingInput';
