export { policyCommand } from './policyCommand';
