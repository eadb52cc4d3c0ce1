/** The earliest of several RFC 3339 instants. */
export function earliestInstant(
  instants: readonly (string | undefined)[],
): string | undefined {
  let earliest: string | undefined;
  let earliestMs = Infinity;
  for (const instant of instants) {
    if (instant !== undefined) {
      const ms = Date.parse(instant);
      if (earliest === undefined || ms < earliestMs) {
        earliest = instant;
        earliestMs = ms;
      }
    }
  }
  return earliest;
}
