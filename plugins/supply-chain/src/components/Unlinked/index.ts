export { UnlinkedPage } from './UnlinkedPage';
