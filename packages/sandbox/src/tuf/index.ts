export * from './TufMirror';
