export { DirectoryState } from './DirectoryState';
export { MemoryState } from './MemoryState';
