/** Names longer than this are not compared: the suggestion is a courtesy, not worth a quadratic comparison. */
const COMPARED_LENGTH = 64;

/** ` Did you mean "…"?` with the known name that is close to a misspelt one, or nothing. */
export function suggestName(name: string, known: readonly string[]): string {
  const wanted = name.slice(0, COMPARED_LENGTH).toLowerCase();
  const [nearest] = known
    .map(each => ({ each, distance: editDistance(wanted, each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(2, each.length / 4))
    .sort((left, right) => left.distance - right.distance);
  return nearest ? ` Did you mean "${nearest.each}"?` : '';
}

/** Levenshtein distance. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced =
        previous[column - 1] + Number(left[row - 1] !== right[column - 1]);
      current.push(
        Math.min(replaced, previous[column] + 1, current[column - 1] + 1),
      );
    }
    previous = current;
  }
  return previous[right.length];
}
