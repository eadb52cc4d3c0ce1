export { parseGrypeReport } from './parseGrypeReport';
