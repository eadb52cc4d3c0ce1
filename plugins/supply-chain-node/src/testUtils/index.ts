export * from './memoryFeedSink';
export * from './createDirectTransport';
export * from './describeEvidenceCollector';
export * from './createCollectContext';
export * from './MemoryMetrics';
export * from './followForTest';
