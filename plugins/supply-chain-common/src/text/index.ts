export * from './containsText';
export * from './escapeHostileText';
export * from './reportValues';
