/** What is told of a source here. */
type Source = { kind: string; name: string };

/**
 * Whether a scanner scans whatever runs, as Clair does, and not one cluster. Those of a cluster go by its name; the others
 * have a space in theirs. A cluster may have one too, so its name is looked for: where that is not certain, a scanner is
 * one of a cluster, which nobody learns of who runs nothing there (L33).
 *
 * @param sources - Among them every cluster.
 */
export function isOfNoCluster(
  { kind, name }: Source,
  sources: readonly Source[],
): boolean {
  return (
    kind === 'scanner' &&
    name.includes(' ') &&
    !sources.some(each => each.kind === 'cluster' && each.name === name)
  );
}
