export * from './escapeHostileText';
export * from './reportValues';
