export * from './sourceLocationOf';
export * from './catalogLocationOf';
export * from './describedEntity';
