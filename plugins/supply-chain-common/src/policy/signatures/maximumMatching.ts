/**
 * The largest number of pairs in which nothing on either side stands twice (Kuhn's algorithm).
 * Both sides are a few dozen at most: signers of one image and what accepts them.
 */
export function maximumMatching(
  edges: ReadonlyMap<string, ReadonlySet<string>>,
): number {
  const partnerOf = new Map<string, string>();
  let size = 0;
  for (const left of edges.keys()) {
    if (findPartner({ edges, partnerOf, left, visited: new Set() })) {
      size += 1;
    }
  }
  return size;
}

type Search = {
  edges: ReadonlyMap<string, ReadonlySet<string>>;
  partnerOf: Map<string, string>;
  left: string;
  visited: Set<string>;
};

function findPartner(search: Search): boolean {
  const { edges, partnerOf, left, visited } = search;
  for (const right of edges.get(left)!) {
    if (visited.has(right)) {
      continue;
    }
    visited.add(right);
    const holder = partnerOf.get(right);
    if (holder === undefined || findPartner({ ...search, left: holder })) {
      partnerOf.set(right, left);
      return true;
    }
  }
  return false;
}
