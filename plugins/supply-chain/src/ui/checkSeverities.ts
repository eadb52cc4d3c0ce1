import { schema } from 'backstage-plugin-supply-chain-common';

/**
 * Every severity a check can have, worst first.
 */
export const CHECK_SEVERITIES: readonly schema.CheckSeverity[] = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
];
