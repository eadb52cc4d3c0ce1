import { schema } from 'backstage-plugin-supply-chain-common';
import { Messages } from '../../../translations/useMessages';

/** What a reader wants to know first. */
const SAID: readonly schema.FindingChange[] = [
  'fixed',
  'new',
  'changed',
  'mayBeFixed',
  'mayBeNew',
  'unchanged',
];

/** Findings of one change. */
export function totalOf(counts: schema.SeverityCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** What calls for action; criticals among it are said. */
const CALLS = new Set<schema.FindingChange>(['new', 'mayBeNew', 'mayBeFixed']);

/** "12 fixed, 3 new (1 critical), 40 unchanged". */
export function comparisonSentence(
  counts: schema.ImageComparison['counts'],
  { t, number }: Messages,
): string {
  const occurring = SAID.filter(change => totalOf(counts[change]) > 0);
  if (occurring.length === 0) {
    return t('comparison.sentence.none');
  }
  if (occurring.length === 1 && occurring[0] === 'unchanged') {
    return t('comparison.sentence.same', {
      unchanged: number(totalOf(counts.unchanged)),
    });
  }
  return occurring
    .map(change => {
      const { critical } = counts[change];
      const part = t(`comparison.sentence.part.${change}`, {
        number: number(totalOf(counts[change])),
      });
      return critical > 0 && CALLS.has(change)
        ? t('comparison.sentence.critical', { part, number: number(critical) })
        : part;
    })
    .join(', ');
}

/** Whether it got worse, better, or cannot be told. */
export function comparisonTone(
  counts: schema.ImageComparison['counts'],
  { image, with: other }: Pick<schema.ImageComparison, 'image' | 'with'>,
): schema.Outcome {
  if (totalOf(counts.new) > 0) {
    return counts.new.critical > 0 ? 'fail' : 'warn';
  }
  const unsure = totalOf(counts.mayBeNew) + totalOf(counts.mayBeFixed) > 0;
  return unsure || image.incomplete || other.incomplete ? 'unknown' : 'pass';
}
