export { english, type MessageTree } from './english';
