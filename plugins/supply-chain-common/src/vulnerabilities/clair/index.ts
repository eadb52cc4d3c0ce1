export * from './parseClairReport';
