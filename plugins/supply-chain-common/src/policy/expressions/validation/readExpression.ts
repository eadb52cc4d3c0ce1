import { SeverityThreshold } from '../../../vulnerabilities/severityRank';
import { ExpressionNode } from '../engine/expressionNode';
import { EXPRESSION_ENGINE } from '../engine/engine';
import { FactRead, factReads } from '../facts/factReads';
import { ExpressionChecker } from './ExpressionChecker';
import { ExpressionProblem, invalid } from './expressionProblem';
import { sourceSizeProblem, treeSizeProblem } from './expressionSize';
import { overdueProblem } from './overdueProblem';

/** More mistakes than this in one expression are not worth reading. */
const MAX_PROBLEMS = 10;

/** An expression that loads, or why it does not. */
export type ExpressionReading =
  | { ok: true; reads: FactRead[] }
  | { ok: false; problems: ExpressionProblem[] };

/** Reads an expression of a policy: what it does not refuse can be evaluated (L19). Never throws. */
export function readExpression(options: {
  source: string;
  /** What the rules `no-fixable-vulnerability` of the policy count. */
  overdueThresholds: readonly SeverityThreshold[];
}): ExpressionReading {
  const { source, overdueThresholds } = options;
  const parsed = parseExpression(source);
  if (!parsed.ok) {
    return { ok: false, problems: [parsed.problem] };
  }
  const { node } = parsed;
  const checker = new ExpressionChecker(tryCall);
  checker.check(node);
  const reads = factReads(node);
  const overdue = overdueProblem(reads, overdueThresholds);
  const problems = [...checker.problems, ...(overdue ? [overdue] : [])];
  return problems.length > 0
    ? { ok: false, problems: problems.slice(0, MAX_PROBLEMS) }
    : { ok: true, reads };
}

/** Reads the syntax, within the limits. */
export function parseExpression(
  source: string,
):
  | { ok: true; node: ExpressionNode }
  | { ok: false; problem: ExpressionProblem } {
  const size = sourceSizeProblem(source);
  if (size) {
    return { ok: false, problem: size };
  }
  const parsed = EXPRESSION_ENGINE.parse(source);
  if (!parsed.ok) {
    return { ok: false, problem: invalid(parsed.message, parsed.offset) };
  }
  const depth = treeSizeProblem(parsed.node);
  return depth
    ? { ok: false, problem: depth }
    : { ok: true, node: parsed.node };
}

/** A call on a constant, evaluated by itself: JSON writes texts as the language reads them. */
function tryCall(name: string, argument: string): string | undefined {
  const constant = JSON.stringify(argument);
  const call =
    name === 'matches' ? `"".matches(${constant})` : `${name}(${constant})`;
  const answer = EXPRESSION_ENGINE.compile(call)(new Map());
  return answer.kind === 'error' ? answer.message : undefined;
}
