/**
 * The parts of this module that need no backend.
 *
 * @packageDocumentation
 */
export * from './ClairFeed';
export * from './ClairClient';
export * from './ClairSettings';
export * from './notifier/ClairNotifier';
