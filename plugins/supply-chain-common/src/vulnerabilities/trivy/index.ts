export { parseTrivyReport } from './parseTrivyReport';
