import { Finding } from '../model/finding';
import { OUTCOMES_WORST_FIRST, worstOutcome } from '../model/outcome';
import { Verdict } from '../model/verdict';
import type {
  Placement,
  ProvenanceSummary,
  SignatureSummary,
} from '../schema/openapi';
import { compareText } from '../vulnerabilities/compareText';
import { worstAnswers } from './answersOf';
import { placeOfFigures, scanOfPlaces } from './combineScans';
import { JudgedImage } from './JudgedImage';
import { provenanceStatusRank } from './provenanceSummary';

/**
 * One image of an entity, wherever it runs or is named: one row, one in every count.
 *
 * @public
 */
export type MergedImage = Omit<JudgedImage, 'placement'> & {
  /** Empty for an image that is only named. */
  placements: Placement[];
  /** Findings of all places, each once. */
  findings: Finding[];
  /** The place whose vulnerabilities are the figures; absent when the digest is not known. */
  figuresOf?: JudgedImage;
};

/**
 * Joins images with one key. An image that is wrong in one place is wrong. Rows stand worst first.
 *
 * @public
 */
export function mergeImages(images: Iterable<JudgedImage>): MergedImage[] {
  const groups = new Map<string, JudgedImage[]>();
  for (const image of images) {
    groups.set(image.key, [...(groups.get(image.key) ?? []), image]);
  }
  return [...groups.values()]
    .map(mergeGroup)
    .sort(
      (left, right) =>
        rank(left.outcome) - rank(right.outcome) ||
        compareText(left.key, right.key),
    );
}

/**
 * The images that count: those that started (L4) and run; where nothing runs now, the last known ones.
 *
 * @public
 */
export function countedImages(images: Iterable<JudgedImage>): MergedImage[] {
  const started = [...images].filter(({ counted }) => counted);
  const running = started.filter(each => each.running);
  return mergeImages(running.length > 0 ? running : started);
}

function rank(outcome: JudgedImage['outcome']): number {
  return OUTCOMES_WORST_FIRST.indexOf(outcome);
}

function mergeGroup(group: JudgedImage[]): MergedImage {
  const placed = group.filter(each => each.placement);
  // Where an image runs is what counts, also when an annotation names it besides.
  const sorted = (placed.length > 0 ? placed : [...group]).sort(byPlace);
  const [first] = sorted;
  const { placement, annotation: own, ...rest } = first;
  const annotation = group.find(each => each.annotation)?.annotation;
  const outcome = worstOutcome(sorted.map(each => each.outcome));
  const { reason } = sorted.find(each => each.outcome === outcome)!;
  const signature = worstSignature(sorted);
  const provenance = worstProvenance(sorted);
  const vulnerabilities = scanOfPlaces(sorted);
  const figuresOf = placeOfFigures(sorted);
  return {
    ...rest,
    ...(signature && { signature }),
    ...(provenance && { provenance }),
    ...(vulnerabilities && { vulnerabilities }),
    ...(figuresOf && { figuresOf }),
    ...(annotation && { annotation }),
    counted: sorted.some(each => each.counted),
    running: sorted.some(each => each.running),
    thirdParty: sorted.every(each => each.thirdParty),
    platformImage: sorted.some(each => each.platformImage),
    outcome,
    reason,
    verdicts: worstVerdicts(sorted.flatMap(each => each.verdicts)),
    findings: distinctFindings(sorted),
    answers: worstAnswers(sorted.map(each => each.answers)),
    fixableCritical: Math.max(...sorted.map(each => each.fixableCritical)),
    fixableCriticalOverdue: Math.max(
      ...sorted.map(each => each.fixableCriticalOverdue),
    ),
    placements: sorted.flatMap(each => each.placement ?? []),
    evaluatedAt: sorted.map(each => each.evaluatedAt).sort()[0],
  };
}

/** What runs stands before what no longer does. */
function byPlace(left: JudgedImage, right: JudgedImage): number {
  return (
    Number(right.running) - Number(left.running) ||
    compareText(placeText(left), placeText(right))
  );
}

function placeText({ placement, imageRef }: JudgedImage): string {
  return JSON.stringify([
    placement?.cluster,
    placement?.namespace,
    placement?.workloadKind,
    placement?.workloadName,
    placement?.container,
    imageRef,
  ]);
}

/** One verdict per policy: the worst, which is the one to act on. */
function worstVerdicts(verdicts: Verdict[]): Verdict[] {
  const worst = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const known = worst.get(verdict.policy.name);
    if (!known || rank(verdict.outcome) < rank(known.outcome)) {
      worst.set(verdict.policy.name, verdict);
    }
  }
  return [...worst.values()];
}

function distinctFindings(group: JudgedImage[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const finding of group
    .flatMap(({ verdicts }) => verdicts)
    .flatMap(verdict => verdict.findings)) {
    const { policy, ruleId, outcome, reason } = finding;
    const key = JSON.stringify([policy, ruleId, outcome, reason]);
    findings.set(key, findings.get(key) ?? finding);
  }
  return [...findings.values()];
}

const SIGNATURES_WORST_FIRST: readonly SignatureSummary['status'][] = [
  'invalid',
  'expired',
  'untrustedSigner',
  'unsigned',
  'unavailable',
  'verified',
];

function worstSignature(group: JudgedImage[]): SignatureSummary | undefined {
  return group
    .flatMap(({ signature }) => signature ?? [])
    .sort(
      (left, right) =>
        SIGNATURES_WORST_FIRST.indexOf(left.status) -
        SIGNATURES_WORST_FIRST.indexOf(right.status),
    )[0];
}

function worstProvenance(group: JudgedImage[]): ProvenanceSummary | undefined {
  return group
    .flatMap(({ provenance }) => provenance ?? [])
    .sort(
      (left, right) =>
        provenanceStatusRank(left.status) -
          provenanceStatusRank(right.status) || left.level - right.level,
    )[0];
}
