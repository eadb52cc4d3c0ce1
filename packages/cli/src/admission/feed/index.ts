export * from './FeedFollower';
export * from './fetchEnvelope';
