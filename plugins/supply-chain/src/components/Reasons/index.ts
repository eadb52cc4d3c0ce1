export { ReasonsPage } from './ReasonsPage';
