import { compareText, schema } from 'backstage-plugin-supply-chain-common';
import { listRelatedRuns } from '../../database/operations/images/listRelatedRuns';
import { RunningImageRow } from '../../database/tables';
import { readVisibleImage, ReadVisibleImageOptions } from './readVisibleImage';

/** Options of {@link readComparisonCandidates}. */
export type ReadComparisonCandidatesOptions = ReadVisibleImageOptions & {
  sandbox: boolean;
};

const CANDIDATES_MAX = 50;

type Relation = schema.ComparisonCandidate['relation'];

/** The likeliest first. */
const RELATIONS: readonly Relation[] = [
  'previous',
  'next',
  'otherCluster',
  'sameRepository',
];

/** Images to compare one with, as far as the caller may see them (L33). */
export async function readComparisonCandidates(
  options: ReadComparisonCandidatesOptions,
): Promise<schema.ComparisonCandidates> {
  const { knex, visible, repository, sandbox } = options;
  const { runs, subjectKey } = await readVisibleImage(options);
  const own = runs.map(({ run }) => run);
  const related = await listRelatedRuns({
    knex,
    visible,
    repository,
    workloads: own.filter(isPlaced),
  });
  const others = new Map<string, RunningImageRow[]>();
  for (const row of related) {
    const key = row.subject_key!;
    if (key !== subjectKey) {
      others.set(key, [...(others.get(key) ?? []), row]);
    }
  }
  return {
    items: [...others.values()]
      .flatMap(rows => candidateOf(rows, { repository, own }) ?? [])
      .sort(likeliestFirst)
      .slice(0, CANDIDATES_MAX),
    sandbox,
  };
}

function isPlaced(row: RunningImageRow): boolean {
  return !row.annotated;
}

/** A container of a workload. */
function placeOf(row: RunningImageRow): string {
  return JSON.stringify(
    isPlaced(row)
      ? [
          row.cluster,
          row.namespace,
          row.workload_kind,
          row.workload_name,
          row.container,
        ]
      : row.id,
  );
}

/** What a candidate is told by: the repository and the places of the image itself. */
type Self = { repository: string; own: RunningImageRow[] };

function candidateOf(
  rows: RunningImageRow[],
  self: Self,
): schema.ComparisonCandidate | undefined {
  const relation = relationOf(rows, self);
  if (!relation) {
    return undefined;
  }
  const [newest] = [...rows].sort((left, right) =>
    compareText(right.last_seen, left.last_seen),
  );
  const running = rows.filter(row => Boolean(row.running));
  const placed = (running.length > 0 ? running : rows).filter(isPlaced);
  return {
    repository: newest.repository!,
    digest: newest.digest!,
    imageRef: newest.image_ref,
    relation,
    running: running.some(isPlaced),
    clusters: [...new Set(placed.map(row => row.cluster))].sort(),
    firstSeen: rows.map(row => row.first_seen).sort()[0],
    lastSeen: newest.last_seen,
  };
}

/** `undefined`: it is of another repository, and ran in no container before or after the image. */
function relationOf(
  rows: RunningImageRow[],
  { repository, own }: Self,
): Relation | undefined {
  const pairs = rows.flatMap(row =>
    own
      .filter(each => placeOf(each) === placeOf(row))
      .map(each => [row.first_seen, each.first_seen]),
  );
  if (pairs.some(([theirs, ours]) => theirs < ours)) {
    return 'previous';
  }
  if (pairs.some(([theirs, ours]) => theirs > ours)) {
    return 'next';
  }
  if (rows[0].repository !== repository) {
    return undefined;
  }
  const clusters = new Set(own.filter(isPlaced).map(row => row.cluster));
  return rows.some(row => isPlaced(row) && !clusters.has(row.cluster))
    ? 'otherCluster'
    : 'sameRepository';
}

function likeliestFirst(
  left: schema.ComparisonCandidate,
  right: schema.ComparisonCandidate,
): number {
  return (
    RELATIONS.indexOf(left.relation) - RELATIONS.indexOf(right.relation) ||
    Number(right.running) - Number(left.running) ||
    compareText(right.lastSeen, left.lastSeen) ||
    compareText(left.digest, right.digest)
  );
}
