/** The earliest of several RFC 3339 instants. */
export function earliestInstant(
  instants: (string | undefined)[],
): string | undefined {
  return instants
    .filter((each): each is string => each !== undefined)
    .sort((left, right) => Date.parse(left) - Date.parse(right))[0];
}
