/**
 * How far the clocks of different machines may differ before what one of them says counts as made up.
 *
 * @public
 */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
