import * as schema from '../schema/openapi';

const RESULTS = new Set<schema.EnforcerResult['result']>([
  'fail',
  'error',
  'warn',
]);

/**
 * Whether somebody should look at a result: it fails, warns or could not be evaluated.
 *
 * @public
 */
export function doesNotPass({
  result,
}: Pick<schema.EnforcerResult, 'result'>): boolean {
  return RESULTS.has(result);
}
