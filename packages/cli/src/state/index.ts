export { DirectoryState } from './DirectoryState';
export { openState } from './openState';
export type { StateOf } from './openState';
export { MemoryState } from './MemoryState';
