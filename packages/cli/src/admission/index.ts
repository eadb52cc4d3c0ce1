export { admissionCommand } from './admissionCommand';
