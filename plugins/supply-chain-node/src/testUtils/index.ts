export * from './memoryFeedSink';
export * from './createDirectTransport';
