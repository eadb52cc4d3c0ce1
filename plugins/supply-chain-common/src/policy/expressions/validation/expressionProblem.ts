import { ReasonCode } from '../../../model/reasonCodes';

/** Why an expression does not load. */
export type ExpressionProblem = {
  code: Extract<ReasonCode, 'expressionInvalid' | 'expressionTooLarge'>;
  message: string;
  /** Where in the expression, counted from 0; absent when it concerns the whole. */
  offset?: number;
};

/** A problem of the code `expressionInvalid`. */
export function invalid(message: string, offset?: number): ExpressionProblem {
  return {
    code: 'expressionInvalid',
    message,
    ...(offset !== undefined && { offset }),
  };
}

/** A problem of the code `expressionTooLarge`. */
export function tooLarge(message: string, offset?: number): ExpressionProblem {
  return {
    code: 'expressionTooLarge',
    message,
    ...(offset !== undefined && { offset }),
  };
}
