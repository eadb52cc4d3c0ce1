export * from './TufRepositories';
export * from './tufReading';
