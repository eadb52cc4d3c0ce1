export * from './control';
export * from './http';
export * from './kubernetes';
export * from './registry';
export * from './signing';
export * from './world';
export * from './startSandbox';
export * from './sandboxEnvironment';
