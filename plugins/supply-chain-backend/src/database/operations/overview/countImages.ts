import {
  FigureCounts,
  Outcome,
  OUTCOMES_WORST_FIRST,
  OutcomeCounts,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  isEverything,
  servicesQuery,
  ServicesQueryOptions,
} from './servicesQuery';

/** Figures over the images of some services, each image once however many services run it. */
export type ImageFigures = Pick<
  FigureCounts,
  | 'signature'
  | 'provenance'
  | 'registry'
  | 'scan'
  | 'fixableCritical'
  | 'fixableCriticalOverdue'
  | 'unscanned'
> & { images: number };

const QUESTIONS = ['signature', 'provenance', 'registry', 'scan'] as const;

type Question = (typeof QUESTIONS)[number];

type Summed = 'count' | 'critical' | 'overdue' | 'unscanned';

/** Outcomes there are; answers to all questions are one number with a digit for each. */
const BASE = OUTCOMES_WORST_FIRST.length;

/**
 * Counts how the images of the services answer the questions, with one pass over them. An image counts with its
 * worst answer; a question no rule asks is not applicable.
 */
export async function countImages(
  options: ServicesQueryOptions,
): Promise<ImageFigures> {
  const { knex } = options;
  const images = imagesQuery(options)
    .groupBy('images.counted_key')
    .select({
      answers: answersOf(knex),
      unscanned: knex.raw(
        'max(case when images.finding_set is null then 1 else 0 end)',
      ),
    })
    .max({
      critical: 'images.fixable_critical',
      overdue: 'images.fixable_critical_overdue',
    });
  const rows: CountRow[] = await knex
    .from(images.as('images'))
    // By one number: SQLite takes twice as long to sort all images by four.
    .groupBy('answers')
    .select('answers')
    .count({ count: '*' })
    .sum({
      critical: 'critical',
      overdue: 'overdue',
      unscanned: 'unscanned',
    });
  const sum = (column: Summed) =>
    rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
  return {
    images: sum('count'),
    signature: answersTo('signature', rows),
    provenance: answersTo('provenance', rows),
    registry: answersTo('registry', rows),
    scan: answersTo('scan', rows),
    fixableCritical: sum('critical'),
    fixableCriticalOverdue: sum('overdue'),
    unscanned: sum('unscanned'),
  };
}

function answersOf(knex: Knex): Knex.Raw {
  const ranks = OUTCOMES_WORST_FIRST.map(
    (outcome, rank) => `when '${outcome}' then ${rank}`,
  ).join(' ');
  const digits = QUESTIONS.map(
    (_, index) =>
      `min(case ?? ${ranks} else ${BASE - 1} end) * ${BASE ** index}`,
  );
  return knex.raw(
    digits.join(' + '),
    QUESTIONS.map(question => `images.${question}_outcome`),
  );
}

/** Of everything, without asking for the service of each image: an image that counts is one of a service, or of none. */
function imagesQuery(options: ServicesQueryOptions): Knex.QueryBuilder {
  const images = options.knex('image_summaries as images');
  return isEverything(options)
    ? images
        .whereNotNull('images.counted_key')
        .whereNot('images.entity_ref', '')
    : images
        .where({ 'images.counted': true, 'images.running': true })
        // A list, not a join, for which SQLite looks up the service of every image there is.
        .whereIn(
          'images.entity_ref',
          servicesQuery(options).select('entities.ref'),
        );
}

/** PostgreSQL returns counts and sums as text. */
type CountRow = Record<'answers' | Summed, unknown>;

function answersTo(question: Question, rows: CountRow[]): OutcomeCounts {
  const counts = Object.fromEntries(
    OUTCOMES_WORST_FIRST.map(outcome => [outcome, 0]),
  ) as OutcomeCounts;
  const unit = BASE ** QUESTIONS.indexOf(question);
  for (const row of rows) {
    const rank = Math.floor(Number(row.answers) / unit) % BASE;
    const outcome: Outcome = OUTCOMES_WORST_FIRST[rank];
    counts[outcome] += Number(row.count);
  }
  return counts;
}
