import { parseEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { imagePatternSchema } from '../rules/registry-allowed/definition';
import {
  closedObject,
  globSchema,
  instantSchema,
  nameSchema,
} from './valueSchemas';

const textsSchema = z.array(z.string().min(1).max(255)).min(1).max(1000);

function refsSchema(defaultKind: string) {
  return textsSchema.superRefine((refs, context) =>
    refs.forEach((ref, index) => {
      try {
        parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' });
      } catch (error) {
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `expected an entity reference, got "${ref}": ${
            (error as Error).message
          }`,
        });
      }
    }),
  );
}

/** Which entities are meant. */
export const entityMatchSchema = closedObject({
  kind: textsSchema.optional(),
  type: textsSchema.optional(),
  namespace: textsSchema.optional(),
  lifecycle: textsSchema.optional(),
  system: refsSchema('system').optional(),
  owner: refsSchema('group').optional(),
  ref: refsSchema('component').optional(),
});

const matchSchema = closedObject({
  entities: entityMatchSchema.optional(),
  clusters: z.array(globSchema).min(1).optional(),
  namespaces: z.array(globSchema).min(1).optional(),
  images: z.array(imagePatternSchema).min(1).optional(),
});

const rootNamesSchema = z
  .array(nameSchema)
  .min(1)
  .max(100)
  .superRefine((names, context) => {
    if (new Set(names).size < names.length) {
      context.addIssue({
        code: 'custom',
        message: 'expected each trust root once',
      });
    }
  });

const allSchema = closedObject({ all: rootNamesSchema });
const atLeastSchema = closedObject({
  atLeast: z.number().int().min(1).max(100),
  of: rootNamesSchema,
});

/** The forms of `trust` (L12). */
export const trustForms = {
  any: rootNamesSchema,
  all: allSchema,
  atLeast: atLeastSchema,
};

/** Chosen by its form, so that the message is about the form that was meant. */
const trustSchema = z.unknown().transform((value, context) => {
  const isMapping =
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMapping) {
    return read(rootNamesSchema, value, context, of => ({
      type: 'any' as const,
      of,
    }));
  }
  return 'atLeast' in value || 'of' in value
    ? read(atLeastSchema, value, context, ({ atLeast, of }) => ({
        type: 'atLeast' as const,
        count: atLeast,
        of,
      }))
    : read(allSchema, value, context, ({ all }) => ({
        type: 'all' as const,
        of: all,
      }));
});

// Four parameters, because each call reads as one line of the table above.
function read<T, R>(
  schema: z.ZodType<T>,
  value: unknown,
  context: z.RefinementCtx,
  convert: (value: T) => R,
): R {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    parsed.error.issues.forEach(issue => context.addIssue(issue));
    return z.NEVER;
  }
  return convert(parsed.data);
}

const titleSchema = z.string().min(1).max(200);
const severitySchema = z.enum(['critical', 'high', 'medium', 'low', 'info']);
const paragraphSchema = z.string().trim().min(1).max(2000);

/** A rule before its parameters are read: those depend on the rule. */
export const ruleSchema = closedObject({
  use: z.string(),
  id: nameSchema.optional(),
  title: titleSchema.optional(),
  severity: severitySchema.optional(),
  effectiveOn: instantSchema.optional(),
  with: z.unknown().optional(),
});

/** A rule written as an expression, before the expression is read. */
export const expressionRuleSchema = closedObject({
  id: nameSchema,
  title: titleSchema,
  severity: severitySchema.default('medium'),
  effectiveOn: instantSchema.optional(),
  motivation: paragraphSchema.optional(),
  remediation: paragraphSchema.optional(),
  controls: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  expression: z.string().min(1),
  message: z.string().trim().min(1).max(500),
});

/** `spec` of a SupplyChainPolicy document. */
export const policySpecSchema = closedObject({
  match: matchSchema.default({}),
  mode: z.enum(['audit', 'warn', 'enforce']).default('audit'),
  onUnknown: z.enum(['deny', 'warn', 'allow']).default('deny'), // L23
  ownImages: z.array(imagePatternSchema).optional(),
  platformImages: z.array(imagePatternSchema).default([]),
  sourceRepositories: z.array(globSchema).default([]),
  trust: trustSchema.optional(),
  waivers: closedObject({
    maxDays: z.number().int().min(1).max(3650).optional(),
  }).default({}),
  rules: z.array(z.record(z.unknown())).min(1).max(100),
});
