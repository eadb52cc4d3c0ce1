import {
  ImageEvaluation,
  Outcome,
  OUTCOMES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';

/** An outcome with its reason; `undefined` where a rule is not evaluated. */
export type Said = { outcome: Outcome; reason?: string } | undefined;

/** What changes for one image. */
export type ImageChange = {
  image: string;
  /** Of the entity it belongs to. */
  entity?: string;
  before: NonNullable<Said>;
  after: NonNullable<Said>;
  /** Rules that say something else, by `policy/rule`. */
  rules: { rule: string; before?: Said; after?: Said }[];
};

/** Compares what two sets of policies say of one image; `undefined` when that is the same. */
export function compareEvaluations(
  subject: Pick<ImageChange, 'image' | 'entity'>,
  before: ImageEvaluation,
  after: ImageEvaluation,
): ImageChange | undefined {
  const earlier = rulesOf(before);
  const later = rulesOf(after);
  const names = [...new Set([...earlier.keys(), ...later.keys()])].sort();
  const rules = names
    .map(rule => ({
      rule,
      before: earlier.get(rule),
      after: later.get(rule),
    }))
    .filter(each => !isSame(each.before, each.after));
  const change = {
    ...subject,
    before: saidOf(before),
    after: saidOf(after),
    rules,
  };
  return rules.length === 0 && isSame(change.before, change.after)
    ? undefined
    : change;
}

/** Whether a pipeline or a door that lets an image in today would not any more (L29). */
export function isWorse({ before, after }: ImageChange): boolean {
  return rank(after.outcome) < rank(before.outcome);
}

/** What nothing covers passes nowhere, so it stands beside what cannot be told. */
function rank(outcome: Outcome): number {
  return OUTCOMES_WORST_FIRST.indexOf(
    outcome === 'notApplicable' ? 'unknown' : outcome,
  );
}

function rulesOf({ verdicts }: ImageEvaluation): Map<string, Said> {
  return new Map(
    verdicts.flatMap(({ findings }) =>
      findings.map(
        finding =>
          [`${finding.policy}/${finding.ruleId}`, saidOf(finding)] as const,
      ),
    ),
  );
}

function saidOf({
  outcome,
  reason,
}: {
  outcome: Outcome;
  reason?: string;
}): NonNullable<Said> {
  return { outcome, ...(reason && { reason }) };
}

function isSame(left: Said, right: Said): boolean {
  return left?.outcome === right?.outcome && left?.reason === right?.reason;
}
