import { z } from 'zod';
import { parseInstant } from '../parseInstant';
import { compileTextPattern } from '../textPattern';
import { TextPattern } from '../types';
import { suggestName } from './suggestName';

/** An object that refuses unknown keys and says which known one was probably meant. */
export function closedObject<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape);
  return z
    .object(shape, {
      errorMap: (issue, { defaultError }) =>
        issue.code === 'unrecognized_keys'
          ? {
              message: issue.keys
                .map(key => `unknown key "${key}".${suggestName(key, known)}`)
                .join(' '),
            }
          : { message: defaultError },
    })
    .strict();
}

/** A name of a document: what the catalog allows, so that it can stand in any address or file. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/,
    'expected a name of at most 63 lower-case letters, digits, ".", "_" and "-"',
  );

/** RFC 3339 instant, or a date that begins at midnight UTC; normal form is that of `toISOString`. */
export const instantSchema = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant === undefined) {
    context.addIssue({
      code: 'custom',
      message: `expected a date such as "2026-12-03" or "2026-12-03T12:00:00Z", got "${text}"`,
    });
    return z.NEVER;
  }
  return instant;
});

/** Address of a mirror without its trailing slash; whether plain http may be spoken is for those who fetch. */
export const mirrorSchema = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isMirror =
    url &&
    ['https:', 'http:'].includes(url.protocol) &&
    !url.username &&
    !url.password &&
    !url.search &&
    !url.hash;
  if (!isMirror) {
    context.addIssue({
      code: 'custom',
      message: `expected an address such as "https://tuf.acme.example", without credentials, query or fragment, got "${text}"`,
    });
    return z.NEVER;
  }
  return url.href.replace(/\/+$/, '');
});

/** A string, a glob or a regular expression (L15). */
export const textPatternSchema = z
  .union(
    [
      z.string().min(1),
      closedObject({ glob: z.string().min(1) }),
      closedObject({ regexp: z.string().min(1) }),
    ],
    {
      errorMap: () => ({
        message: 'expected a text, { glob: "…" } or { regexp: "…" }',
      }),
    },
  )
  .superRefine((pattern, context) => addPatternIssue(pattern, context));

/** A glob over names. */
export const globSchema = z
  .string()
  .min(1)
  .superRefine((glob, context) => addPatternIssue({ glob }, context));

function addPatternIssue(pattern: TextPattern, context: z.RefinementCtx): void {
  const compiled = compileTextPattern(pattern);
  if (!compiled.ok) {
    context.addIssue({
      code: 'custom',
      message: `expected a valid pattern: ${compiled.message}`,
      params: { reason: 'patternInvalid' },
    });
  }
}
