export { readSarifReport } from './parseSarifReport';
