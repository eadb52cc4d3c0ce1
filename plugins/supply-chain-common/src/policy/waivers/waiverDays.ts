/**
 * Days the page proposes for a waiver.
 *
 * @public
 */
export const DEFAULT_WAIVER_DAYS = 30;

/**
 * Longest waiver the page accepts where the policy says nothing.
 *
 * @public
 */
export const LONGEST_WAIVER_DAYS = 365;
