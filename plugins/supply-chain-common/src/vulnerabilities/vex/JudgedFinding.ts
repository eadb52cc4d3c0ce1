import { MergedFinding } from '../merge';

/**
 * A finding, and whether VEX sets it aside.
 *
 * @public
 */
export type JudgedFinding = MergedFinding & { notAffected?: true };
