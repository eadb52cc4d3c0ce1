export * from './escapeHostileText';
