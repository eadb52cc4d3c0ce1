import { z } from 'zod';
import { REASON_CODES, ReasonCode } from '../../model/reasonCodes';
import { ValueProblem } from './documentProblem';
import { suggestName } from './suggestName';

/** What a schema refuses, in our words and with our codes. */
export function schemaProblems(
  error: z.ZodError,
  prefix: (string | number)[] = [],
): ValueProblem[] {
  return error.issues.map(issue => ({
    ...problemOf(issue),
    ...placeOf(issue, prefix),
  }));
}

function placeOf(
  issue: z.ZodIssue,
  prefix: (string | number)[],
): Pick<ValueProblem, 'path' | 'atKey'> {
  const path = [...prefix, ...issue.path];
  return issue.code === 'unrecognized_keys'
    ? { path: [...path, issue.keys[0]], atKey: true }
    : { path };
}

function problemOf(issue: z.ZodIssue): Pick<ValueProblem, 'code' | 'message'> {
  const code: ReasonCode = 'documentValueInvalid';
  switch (issue.code) {
    case 'unrecognized_keys':
      return { code: 'documentKeyUnknown', message: issue.message };
    case 'invalid_type':
      return {
        code,
        message: `expected ${issue.expected}, got ${
          issue.received === 'undefined' ? 'nothing' : issue.received
        }`,
      };
    case 'invalid_enum_value': {
      const options = issue.options.map(String);
      const received = String(issue.received);
      return {
        code,
        message: `expected one of ${options
          .map(option => `"${option}"`)
          .join(', ')}, got "${received}".${suggestName(received, options)}`,
      };
    }
    case 'custom':
      return { code: reasonOf(issue) ?? code, message: issue.message };
    default:
      return { code, message: issue.message };
  }
}

function reasonOf(issue: z.ZodCustomIssue): ReasonCode | undefined {
  const reason: unknown = issue.params?.reason;
  return typeof reason === 'string' && Object.hasOwn(REASON_CODES, reason)
    ? (reason as ReasonCode)
    : undefined;
}
