/**
 * One requirement of a label selector.
 *
 * @public
 */
export type LabelRequirement =
  | { operator: 'in' | 'notIn'; key: string; values: string[] }
  | { operator: 'exists' | 'notExists'; key: string }
  | { operator: 'greaterThan' | 'lessThan'; key: string; value: number };

/**
 * Result of {@link parseLabelSelector}.
 *
 * @public
 */
export type LabelSelectorResult =
  | { ok: true; requirements: LabelRequirement[] }
  | { ok: false; message: string };

const MAX_LENGTH = 4096;
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const INTEGER = /^-?\d{1,15}$/;
const IN_CLAUSE = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const COMPARISON = /^([^\s=!<>]+)\s*(==|=|!=|>|<)\s*(\S*)$/;

/**
 * Parses a label selector as the Kubernetes API server does.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 * @public
 */
export function parseLabelSelector(text: string): LabelSelectorResult {
  if (text.length > MAX_LENGTH) {
    return { ok: false, message: `expected at most ${MAX_LENGTH} characters` };
  }
  const requirements: LabelRequirement[] = [];
  for (const part of splitOutsideParentheses(text)) {
    const requirement = parseRequirement(part.trim());
    if (typeof requirement === 'string') {
      return { ok: false, message: requirement };
    }
    requirements.push(requirement);
  }
  return { ok: true, requirements };
}

function splitOutsideParentheses(text: string): string[] {
  if (text.trim() === '') {
    return [];
  }
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    depth += Number(character === '(') - Number(character === ')');
    if (character === ',' && depth === 0) {
      parts.push('');
    } else {
      parts[parts.length - 1] += character;
    }
  }
  return parts;
}

function parseRequirement(text: string): LabelRequirement | string {
  const inClause = IN_CLAUSE.exec(text);
  if (inClause) {
    const [, key, word, list] = inClause;
    const values = list.split(',').map(each => each.trim());
    const operator = word === 'in' ? 'in' : 'notIn';
    return problemOf(key, values) ?? { operator, key, values };
  }
  const comparison = COMPARISON.exec(text);
  if (comparison) {
    const [, key, sign, value] = comparison;
    return problemOf(key, [value]) ?? compare(key, sign, value);
  }
  const absent = text.startsWith('!');
  const key = absent ? text.slice(1).trim() : text;
  return (
    problemOf(key, []) ?? { operator: absent ? 'notExists' : 'exists', key }
  );
}

function compare(
  key: string,
  sign: string,
  value: string,
): LabelRequirement | string {
  switch (sign) {
    case '=':
    case '==':
      return { operator: 'in', key, values: [value] };
    case '!=':
      return { operator: 'notIn', key, values: [value] };
    default:
      return INTEGER.test(value)
        ? {
            operator: sign === '>' ? 'greaterThan' : 'lessThan',
            key,
            value: Number(value),
          }
        : `expected an integer after "${sign}", got "${value}"`;
  }
}

function problemOf(key: string, values: string[]): string | undefined {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  if (!NAME.test(name) || (slash >= 0 && !PREFIX.test(key.slice(0, slash)))) {
    return `expected a label key, got "${key}"`;
  }
  const wrong = values.find(value => value !== '' && !NAME.test(value));
  return wrong === undefined
    ? undefined
    : `expected a label value, got "${wrong}"`;
}

/**
 * Whether labels meet every requirement. As in Kubernetes, a label that is absent meets `!=` and `notin`.
 *
 * @public
 */
export function matchesLabels(
  requirements: readonly LabelRequirement[],
  labels: Readonly<Record<string, string>>,
): boolean {
  return requirements.every(requirement => meets(requirement, labels));
}

function meets(
  requirement: LabelRequirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const { operator, key } = requirement;
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case 'notExists':
      return value === undefined;
    case 'in':
      return value !== undefined && requirement.values.includes(value);
    case 'notIn':
      return value === undefined || !requirement.values.includes(value);
    case 'greaterThan':
      return isInteger(value) && Number(value) > requirement.value;
    case 'lessThan':
      return isInteger(value) && Number(value) < requirement.value;
    default:
      return false;
  }
}

function isInteger(value: string | undefined): value is string {
  return value !== undefined && INTEGER.test(value);
}
