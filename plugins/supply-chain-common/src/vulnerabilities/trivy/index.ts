export * from './parseTrivyReport';
