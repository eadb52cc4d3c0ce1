import { FindingFacts } from '../../model/finding';
import { BoundedCache } from '../../text/BoundedCache';
import { earliestInstant } from '../earliestInstant';
import { RuleResult } from '../rules/rule';
import { ExpressionRule } from '../types';
import { EXPRESSION_ENGINE } from './engine/engine';
import { CompiledExpression } from './engine/ExpressionEngine';
import { ExpressionFacts } from './facts/ExpressionFacts';
import { FactRead, factReads } from './facts/factReads';
import { FactRoot } from './facts/factSchema';
import { Unavailable } from './facts/RootFacts';
import { parseExpression } from './validation/readExpression';

/**
 * What a rule written as an expression says of one image (L19): true passes, false fails. While a fact it reads is
 * unavailable or stale it cannot tell, whatever the rest of it would come to.
 */
export function evaluateExpression(
  rule: ExpressionRule,
  facts: ExpressionFacts,
): RuleResult {
  const prepared = prepare(rule.expression);
  if (!prepared) {
    return ruleError(rule, 'it is not valid');
  }
  const { reads, roots } = prepared;
  const unavailable = reads
    .map(each => unavailableFor(each, facts))
    .find(Boolean);
  const result = unavailable
    ? { outcome: 'unknown' as const, ...unavailable, facts: {} }
    : evaluate(rule, prepared, facts);
  const nextChangeAt = earliestInstant(
    roots.map(root => facts.get(root).nextChangeAt),
  );
  return { ...result, ...(nextChangeAt && { nextChangeAt }) };
}

/** The facts an expression reads, for those who want to know what it is about; none when it is not valid. */
export function rootsRead(expression: string): readonly FactRoot[] {
  return prepare(expression)?.roots ?? [];
}

/** What an expression reads, with the name people know it by. */
type NamedRead = FactRead & { name: string };

type Prepared = {
  evaluate: CompiledExpression;
  reads: readonly NamedRead[];
  roots: readonly FactRoot[];
};

/** Policies hold at most a hundred rules each; a portal has a handful of policies. */
const known = new BoundedCache<{ prepared?: Prepared }>(1000);

function prepare(expression: string): Prepared | undefined {
  return known.get(expression, () => {
    const parsed = parseExpression(expression);
    if (!parsed.ok) {
      return {};
    }
    const reads = factReads(parsed.node).map(read => ({
      ...read,
      name: [read.root, ...read.path].join('.'),
    }));
    return {
      prepared: {
        evaluate: EXPRESSION_ENGINE.compile(expression),
        reads,
        roots: [...new Set(reads.map(({ root }) => root))],
      },
    };
  }).prepared;
}

/** What says by itself whether the rest can be told. */
const READABLE_ALWAYS: readonly (string | undefined)[] = ['status', 'reason'];

function unavailableFor(
  { root, path: [field], tested }: FactRead,
  facts: ExpressionFacts,
): Unavailable | undefined {
  const { unavailable, unavailableFields } = facts.get(root);
  if (unavailable) {
    return READABLE_ALWAYS.includes(field) ? undefined : unavailable;
  }
  const isConcerned =
    unavailableFields &&
    // That a single field is not there may be asked for; the whole holds the field as well.
    (field === undefined ||
      (unavailableFields.fields.includes(field) && !tested));
  return isConcerned ? unavailableFields.why : undefined;
}

function evaluate(
  rule: ExpressionRule,
  { evaluate: run, reads, roots }: Prepared,
  facts: ExpressionFacts,
): RuleResult {
  const answer = run(
    new Map(roots.map(root => [root, facts.engineValue(root)])),
  );
  switch (answer.kind) {
    case 'boolean':
      return answer.value
        ? {
            outcome: 'pass',
            message: `The rule "${rule.id}" holds: ${rule.title}.`,
            facts: factsRead(reads, facts),
          }
        : {
            outcome: 'fail',
            reason: 'expressionFalse',
            message: rule.message,
            facts: factsRead(reads, facts),
          };
    case 'other':
      return ruleError(rule, `expected true or false, got ${answer.type}`);
    default:
      return ruleError(rule, missingFact(reads, facts) ?? answer.message);
  }
}

/** What most often is wrong: a fact that is not there was read without asking for it. */
function missingFact(
  reads: readonly NamedRead[],
  facts: ExpressionFacts,
): string | undefined {
  const missing = reads.find(
    read => !read.tested && valueAt(read, facts) === undefined,
  );
  return missing && `there is no "${missing.name}"; has(${missing.name}) tells`;
}

function ruleError(rule: ExpressionRule, message: string): RuleResult {
  return {
    outcome: 'unknown',
    reason: 'ruleError',
    message: `The rule "${rule.id}" could not be evaluated: ${message}.`,
    facts: {},
  };
}

/** Facts a finding shows; a rule may read more than anybody wants to see. */
const SHOWN_FACTS = 12;
const SHOWN_CHARACTERS = 200;

/** What the rule read, by name; lists and objects are too long to show. */
function factsRead(
  reads: readonly NamedRead[],
  facts: ExpressionFacts,
): FindingFacts {
  const shown: FindingFacts = {};
  for (const read of reads.slice(0, SHOWN_FACTS)) {
    const value = valueAt(read, facts);
    if (typeof value === 'string') {
      shown[read.name] = shorten(value);
    } else if (typeof value === 'number' || typeof value === 'boolean') {
      shown[read.name] = value;
    }
  }
  return shown;
}

function valueAt({ root, path }: FactRead, facts: ExpressionFacts): unknown {
  return path.reduce<unknown>(
    (value, field) => (value as Record<string, unknown> | undefined)?.[field],
    facts.get(root).value,
  );
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS
    ? `${text.slice(0, SHOWN_CHARACTERS)}…`
    : text;
}
