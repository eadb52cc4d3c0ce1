export { CompareTab, NO_COMPARISON } from './CompareTab';
