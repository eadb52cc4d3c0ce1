import { countOutcomes, OutcomeCounts, shareOf } from '../model/outcome';
import type { KeyFigures, ReasonCount } from '../schema/openapi';
import { compareText } from '../vulnerabilities/compareText';
import { entityOutcome } from './entitySummary';
import { ImageAnswers } from './answersOf';
import { JudgedImage } from './JudgedImage';
import { mergeImages } from './mergeImages';

/**
 * What the key figures are made from. A database counts it for ten thousand services, {@link countFigures} for a few;
 * both hand it to {@link keyFiguresOf}.
 *
 * @public
 */
export type FigureCounts = {
  /** Services by outcome. */
  services: OutcomeCounts;
  /** Images of these services by the answer to a question, each image once, with its worst answer. */
  signature: OutcomeCounts;
  provenance: OutcomeCounts;
  registry: OutcomeCounts;
  scan: OutcomeCounts;
  /** Fixable critical findings, each image once. */
  fixableCritical: number;
  fixableCriticalOverdue: number;
  /** Images that no scan speaks for, or in some place none: what they hold is in no count, and is not nothing (L8). */
  unscanned: number;
  /** Why services cannot be told. */
  unknownReasons: ReasonCount[];
  /** Workloads of no entity; absent without the right to see them. */
  unlinked?: number;
};

/**
 * The key figures of the overview (L27).
 *
 * @public
 */
export function keyFiguresOf(counts: FigureCounts): KeyFigures {
  const { services } = counts;
  return {
    signed: shareOf(counts.signature),
    builtFromOwnRepository: shareOf(counts.provenance),
    registryAllowed: shareOf(counts.registry),
    scannedFresh: shareOf(counts.scan),
    servicesFailing: services.fail,
    services: sum(Object.values(services)),
    fixableCritical: counts.fixableCritical,
    fixableCriticalOverdue: counts.fixableCriticalOverdue,
    unscanned: counts.unscanned,
    cannotTell: services.unknown,
    cannotTellReasons: [...counts.unknownReasons].sort(
      (left, right) =>
        right.count - left.count || compareText(left.code, right.code),
    ),
    ...(counts.unlinked !== undefined && { unlinked: counts.unlinked }),
  };
}

/**
 * Counts the images of services in memory, each image once however many services run it.
 *
 * @public
 */
export function countFigures(
  services: Iterable<{ images: JudgedImage[] }>,
): FigureCounts {
  const all = [...services];
  const outcomes = all.map(({ images }) => entityOutcome(images));
  // What no longer runs is shown with its service and not counted among what runs.
  const merged = mergeImages(
    all
      .flatMap(({ images }) => images)
      .filter(each => each.counted && each.running),
  );
  const answers = (question: keyof ImageAnswers) =>
    countOutcomes(
      merged.map(each => each.answers[question] ?? 'notApplicable'),
    );
  return {
    services: countOutcomes(outcomes.map(({ outcome }) => outcome)),
    signature: answers('signature'),
    provenance: answers('provenance'),
    registry: answers('registry'),
    scan: answers('scan'),
    fixableCritical: sum(merged.map(each => each.fixableCritical)),
    fixableCriticalOverdue: sum(
      merged.map(each => each.fixableCriticalOverdue),
    ),
    unscanned: merged.filter(
      ({ vulnerabilities: scan }) => !scan?.counts || scan.gap,
    ).length,
    unknownReasons: countReasons(
      outcomes.flatMap(({ outcome, reason }) =>
        outcome === 'unknown' && reason ? [reason] : [],
      ),
    ),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function countReasons(codes: string[]): ReasonCount[] {
  const counts = new Map<string, number>();
  codes.forEach(code => counts.set(code, (counts.get(code) ?? 0) + 1));
  return [...counts.entries()].map(([code, count]) => ({ code, count }));
}
