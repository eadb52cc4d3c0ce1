export { EntityCard } from './EntityCard';
export { RollUpCard } from './RollUpCard';
