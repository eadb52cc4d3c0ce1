export * from './FaultTable';
export * from './LoopbackServer';
export * from './sendReply';
