export { checkCommand } from './checkCommand';
