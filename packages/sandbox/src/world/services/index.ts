export { SANDBOX_SERVICES } from './sandboxServices';
export { SANDBOX_UNLINKED } from './unlinkedWorkloads';
