import { countOutcomes, worstOutcome } from '../model/outcome';
import type { EntityReport } from '../schema/openapi';
import { compareText } from '../vulnerabilities/compareText';
import { imageRowsOf } from './imageRowsOf';
import { JudgedImage } from './JudgedImage';
import { countedImages, MergedImage } from './mergeImages';
import { nextStepsOf, StepOwners } from './nextStepsOf';
import { tilesOf } from './tilesOf';
import { worstFindingOf } from './worstFindingOf';

/**
 * Everything about an entity that follows from its images.
 *
 * @public
 */
export type EntitySummary = Pick<
  EntityReport,
  | 'outcome'
  | 'reason'
  | 'worst'
  | 'evaluatedAt'
  | 'policies'
  | 'counts'
  | 'clusters'
  | 'tiles'
  | 'nextSteps'
  | 'images'
  | 'lastSeen'
>;

/**
 * Sums up the images of an entity: the one source of what its page, card and export say.
 *
 * @public
 */
export function entitySummary(
  judged: Iterable<JudgedImage>,
  owners: StepOwners = {},
): EntitySummary {
  const all = [...judged];
  // What is only named is a row of its own and nothing else: everything said here is about what runs.
  const images = all.filter(each => each.placement);
  const counted = countedImages(images);
  const worst = worstFindingOf(images);
  const { outcome, reason } = entityOutcome(images);
  const [evaluatedAt] = images.map(each => each.evaluatedAt).sort();
  const lastSeen = images
    .flatMap(each => each.placement?.lastSeen ?? [])
    .sort()
    .pop();
  return {
    outcome,
    ...(reason && { reason }),
    ...(worst && { worst }),
    ...(evaluatedAt && { evaluatedAt }),
    policies: policiesOf(counted),
    counts: countOutcomes(counted.map(each => each.outcome)),
    clusters: clustersOf(counted),
    tiles: tilesOf(images),
    nextSteps: nextStepsOf(images, owners),
    images: imageRowsOf(all),
    ...(lastSeen && { lastSeen }),
  };
}

/**
 * The outcome of an entity: the worst of its counted images, with its reason.
 *
 * @public
 */
export function entityOutcome(
  images: Iterable<JudgedImage>,
): Pick<EntityReport, 'outcome' | 'reason'> {
  const all = [...images].filter(each => each.placement);
  const counted = countedImages(all);
  const outcome = worstOutcome(counted.map(each => each.outcome));
  const reason =
    worstFindingOf(all)?.reason ??
    counted.find(each => each.outcome === outcome)?.reason ??
    (all.length > counted.length ? 'neverStarted' : undefined);
  return { outcome, ...(reason && outcome !== 'pass' && { reason }) };
}

function policiesOf(images: MergedImage[]): EntityReport['policies'] {
  const policies = new Map(
    images
      .flatMap(({ verdicts }) => verdicts)
      .map(({ policy }) => [policy.name, policy]),
  );
  return [...policies.values()].sort((left, right) =>
    compareText(left.name, right.name),
  );
}

/** Names of the clusters the images run in. */
export function clustersOf(images: MergedImage[]): string[] {
  const names = images
    .flatMap(({ placements }) => placements)
    .map(({ cluster }) => cluster);
  return [...new Set(names)].sort(compareText);
}
