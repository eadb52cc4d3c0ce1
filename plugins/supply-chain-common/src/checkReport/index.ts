export * from './CheckReport';
export * from './checkReportOf';
