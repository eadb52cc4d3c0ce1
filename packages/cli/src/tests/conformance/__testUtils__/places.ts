import { ConformanceCase } from './conformanceCase';
import { PreparedCase } from './ConformanceWorld';

/** What a place says of a case. */
export type Answer = { outcome: string; reason?: string };

/** One of the places in which a policy decides. */
export interface Place {
  /** Answers in the order of the cases. */
  judge(cases: PreparedCase[]): Promise<Answer[]>;
  /** What is written in the table, as far as this place tells it. */
  expected(definition: ConformanceCase): Answer;
  stop(): Promise<void>;
}

/** Outcome and reason as they stand in the table. */
export function writtenAnswer({
  expected: [outcome, reason],
}: Pick<ConformanceCase, 'expected'>): Answer {
  return { outcome, reason };
}
