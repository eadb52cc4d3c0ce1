import { countOutcomes, Outcome, Share, shareOf } from '../model/outcome';
import type { ServiceRow, VulnerabilitySummary } from '../schema/openapi';
import { addExploited } from './addExploited';
import { ImageAnswers } from './answersOf';
import { combineScans } from './combineScans';
import { clustersOf, entityOutcome } from './entitySummary';
import { JudgedImage } from './JudgedImage';
import { countedImages, MergedImage } from './mergeImages';
import { addSeverities } from './tilesOf';

/**
 * What the catalog says of a service.
 *
 * @public
 */
export type ServiceIdentity = Pick<
  ServiceRow,
  'entityRef' | 'title' | 'owner' | 'system' | 'lifecycle' | 'changedAt'
>;

/**
 * The row of a service in the overview, from the same images as its page.
 *
 * @public
 */
export function serviceRowOf(
  service: ServiceIdentity,
  judged: Iterable<JudgedImage>,
): ServiceRow {
  const images = [...judged];
  const counted = countedImages(images);
  const { outcome, reason } = entityOutcome(images);
  const vulnerabilities = addVulnerabilities(counted);
  return {
    ...service,
    outcome,
    ...(reason && { reason }),
    running: images.some(each => each.running && each.counted),
    signed: answerShare(counted, 'signature'),
    provenance: answerShare(counted, 'provenance'),
    registry: answerShare(counted, 'registry'),
    ...(vulnerabilities && { vulnerabilities }),
    counts: countOutcomes(counted.map(each => each.outcome)),
    clusters: clustersOf(counted),
  };
}

/** How many of the images pass a question (L27). */
function answerShare(
  images: { answers: ImageAnswers }[],
  question: keyof ImageAnswers,
): Share {
  const outcomes = images.map<Outcome>(
    ({ answers }) => answers[question] ?? 'notApplicable',
  );
  return shareOf(countOutcomes(outcomes));
}

function addVulnerabilities(
  images: MergedImage[],
): VulnerabilitySummary | undefined {
  const [first, ...others] = images.flatMap(
    ({ vulnerabilities }) => vulnerabilities ?? [],
  );
  if (!first) {
    return undefined;
  }
  const all = [first, ...others];
  const known = all.filter(({ counts }) => counts);
  const exploited = addExploited(known);
  const notAffected = sum(known.map(each => each.notAffected ?? 0));
  return {
    ...combineScans([first, ...others]),
    ...(known.length > 0 && {
      counts: addSeverities(known.flatMap(({ counts }) => counts ?? [])),
      fixable: sum(known.map(each => each.fixable ?? 0)),
    }),
    ...(exploited !== undefined && { exploited }),
    ...(notAffected > 0 && { notAffected }),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
