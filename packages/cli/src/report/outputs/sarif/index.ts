export { formatSarif } from './formatSarif';
