export { readPredicate } from './readPredicate';
export { predicateTypeName } from './predicateTypeName';
