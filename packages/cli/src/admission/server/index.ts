export * from './HealthServer';
export * from './WebhookServer';
