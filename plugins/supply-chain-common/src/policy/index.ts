export * from './types';
export * from './textPattern';
