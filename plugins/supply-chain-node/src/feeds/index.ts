export * from './feed';
export * from './InventoryFeed';
export * from './EvidenceFeed';
export * from './RunningContents';
export * from './PolicyReportFeed';
export * from './EvidenceCollector';
export * from './NotificationReceiver';
export * from './extensionPoints';
