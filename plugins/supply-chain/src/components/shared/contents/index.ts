export { ComponentList, useComponentsAsked } from './ComponentList';
export { DocumentLine } from './DocumentLine';
