import { TextPattern } from '../types';

/** What every text a pattern matches begins and ends with. */
export type LiteralEnds = { prefix: string; suffix: string };

/** One element of a regular expression: a character that stands for itself, or anything else. */
type Atom = { literal?: string };

/** The literal ends of a pattern; empty where they cannot be told for certain. */
export function literalEnds(pattern: TextPattern): LiteralEnds {
  if (typeof pattern === 'string') {
    return { prefix: pattern, suffix: pattern };
  }
  if ('glob' in pattern) {
    return {
      prefix: pattern.glob.split('*')[0],
      suffix: pattern.glob.slice(pattern.glob.lastIndexOf('*') + 1),
    };
  }
  const atoms = readAtoms(pattern.regexp);
  return {
    prefix: literalRun(atoms).join(''),
    suffix: literalRun([...atoms].reverse())
      .reverse()
      .join(''),
  };
}

function literalRun(atoms: Atom[]): string[] {
  const end = atoms.findIndex(({ literal }) => literal === undefined);
  return (end < 0 ? atoms : atoms.slice(0, end)).map(each => each.literal!);
}

/** An expression whose ends cannot be told: no literal at either. */
const UNCERTAIN: Atom[] = [{}];

const PUNCTUATION = /^[^A-Za-z0-9\s]$/;
const PERL_CLASS = /^[dDwWsS]$/;
const ANCHOR = /^[Az]$/;

/**
 * Reads the top level of an RE2 expression. Whatever is not plainly understood (flags, alternatives, named and
 * numbered escapes) makes the ends uncertain, so that a wide pattern never passes for a narrow one.
 */
function readAtoms(expression: string): Atom[] {
  const atoms: Atom[] = [];
  let index = 0;
  while (index < expression.length) {
    const character = expression[index];
    if ('*+?{'.includes(character)) {
      // The atom before it may be missing or repeated.
      atoms[Math.max(atoms.length - 1, 0)] = {};
      index = character === '{' ? endOf(expression, index, '}') : index + 1;
    } else if (character === '|' || character === ')') {
      return UNCERTAIN;
    } else if (character === '(') {
      if (expression[index + 1] === '?' && expression[index + 2] !== ':') {
        return UNCERTAIN;
      }
      atoms.push({});
      index = endOfGroup(expression, index);
    } else if (character === '[') {
      atoms.push({});
      index = endOfClass(expression, index);
    } else if (character === '\\') {
      const escaped = expression[index + 1] ?? '';
      if (PUNCTUATION.test(escaped)) {
        atoms.push({ literal: escaped });
      } else if (PERL_CLASS.test(escaped)) {
        atoms.push({});
      } else if (!ANCHOR.test(escaped)) {
        return UNCERTAIN;
      }
      index += 2;
    } else {
      if (character === '.') {
        atoms.push({});
      } else if (character !== '^' && character !== '$') {
        atoms.push({ literal: character });
      }
      index += 1;
    }
  }
  return atoms;
}

function endOf(expression: string, from: number, closing: string): number {
  const end = expression.indexOf(closing, from);
  return end < 0 ? expression.length : end + closing.length;
}

function endOfClass(expression: string, from: number): number {
  // A closing bracket that comes first is a member.
  let index = expression[from + 1] === '^' ? from + 2 : from + 1;
  index = expression[index] === ']' ? index + 1 : index;
  while (index < expression.length && expression[index] !== ']') {
    if (expression.startsWith('[:', index)) {
      index = endOf(expression, index, ':]');
    } else {
      index += expression[index] === '\\' ? 2 : 1;
    }
  }
  return index + 1;
}

function endOfGroup(expression: string, from: number): number {
  let depth = 0;
  let index = from;
  while (index < expression.length) {
    const character = expression[index];
    if (character === '[') {
      index = endOfClass(expression, index);
      continue;
    }
    depth += Number(character === '(') - Number(character === ')');
    index += character === '\\' ? 2 : 1;
    if (depth === 0) {
      return index;
    }
  }
  return index;
}
