import {
  countOutcomes,
  Outcome,
  OUTCOMES_WORST_FIRST,
  worstOutcome,
} from '../model/outcome';
import { Severity, SeverityCounts } from '../model/vulnerability';
import type { Tile, TileReason } from '../schema/openapi';
import { compareText } from '../vulnerabilities/compareText';
import { addExploited } from './addExploited';
import { questionOf } from './answersOf';
import { JudgedImage } from './JudgedImage';
import { countedImages, MergedImage } from './mergeImages';

const QUESTIONS = [
  'signature',
  'provenance',
  'registry',
  'vulnerabilities',
  'policy',
] as const;

type Question = (typeof QUESTIONS)[number];

const SHOWN_REASONS = 3;

/**
 * The answers to the five fixed questions over the counted images, in their fixed order.
 *
 * @public
 */
export function tilesOf(images: Iterable<JudgedImage>): Tile[] {
  const counted = countedImages(images);
  return QUESTIONS.map(question => tileOf(question, counted));
}

function tileOf(question: Question, images: MergedImage[]): Tile {
  const outcomes = images.map(image => answerOf(question, image));
  const asked = outcomes.filter((each): each is Outcome => each !== undefined);
  return {
    question,
    outcome: worstOutcome(asked),
    evaluated: asked.length > 0,
    counts: countOutcomes(outcomes.map(each => each ?? 'notApplicable')),
    ...(question === 'vulnerabilities' && vulnerabilityCounts(images)),
    reasons: reasonsOf(question, images),
  };
}

/** `undefined` when no rule asks the question of this image. */
function answerOf(question: Question, image: MergedImage): Outcome | undefined {
  switch (question) {
    case 'policy':
      return image.outcome;
    default:
      return image.answers[question];
  }
}

function vulnerabilityCounts(
  images: MergedImage[],
): Pick<Tile, 'severities' | 'fixable' | 'exploited'> {
  const scanned = images.flatMap(({ vulnerabilities }) =>
    vulnerabilities?.counts ? [vulnerabilities] : [],
  );
  const exploited = addExploited(scanned);
  return scanned.length > 0
    ? {
        severities: addSeverities(scanned.map(({ counts }) => counts!)),
        fixable: scanned.reduce((sum, { fixable = 0 }) => sum + fixable, 0),
        ...(exploited !== undefined && { exploited }),
      }
    : {};
}

/** Sums counts; the only place where severities of several images are added up. */
export function addSeverities(all: SeverityCounts[]): SeverityCounts {
  const sum = (severity: Severity) =>
    all.reduce((total, counts) => total + counts[severity], 0);
  return {
    critical: sum('critical'),
    high: sum('high'),
    medium: sum('medium'),
    low: sum('low'),
    negligible: sum('negligible'),
    unknown: sum('unknown'),
  };
}

type Mention = { code: string; outcome: Outcome; image: MergedImage };

function reasonsOf(question: Question, images: MergedImage[]): TileReason[] {
  const groups = new Map<string, Mention[]>();
  for (const mention of images.flatMap(each => mentionsOf(question, each))) {
    const key = `${mention.outcome} ${mention.code}`;
    groups.set(key, [...(groups.get(key) ?? []), mention]);
  }
  return [...groups.values()]
    .map(group => ({
      code: group[0].code,
      outcome: group[0].outcome,
      images: new Set(group.map(({ image }) => image.key)).size,
      example: group[0].image.imageRef,
    }))
    .sort(
      (left, right) =>
        OUTCOMES_WORST_FIRST.indexOf(left.outcome) -
          OUTCOMES_WORST_FIRST.indexOf(right.outcome) ||
        right.images - left.images ||
        compareText(left.code, right.code),
    )
    .slice(0, SHOWN_REASONS);
}

function mentionsOf(question: Question, image: MergedImage): Mention[] {
  if (question === 'policy' && image.findings.length === 0) {
    return image.reason
      ? [{ code: image.reason, outcome: image.outcome, image }]
      : [];
  }
  return image.findings
    .filter(
      finding => question === 'policy' || questionOf(finding) === question,
    )
    .flatMap(({ reason, outcome }) =>
      reason ? [{ code: reason, outcome, image }] : [],
    );
}
