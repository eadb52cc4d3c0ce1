export { uploadCommand } from './uploadCommand';
