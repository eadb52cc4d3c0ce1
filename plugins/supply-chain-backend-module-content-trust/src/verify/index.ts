export { choosePin } from './choosePin';
export * from './collection';
export { keyIdOf } from './RoleKey';
export { verifyCollection } from './verifyCollection';
