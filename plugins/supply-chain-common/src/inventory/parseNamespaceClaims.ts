import { z } from 'zod';
import { formatPath } from '../policy/documents/documentProblem';
import { entityMatchSchema } from '../policy/documents/policySchema';
import { schemaProblems } from '../policy/documents/schemaProblems';
import { closedObject, globSchema } from '../policy/documents/valueSchemas';
import { NamespaceClaims } from './namespaceClaims';

/**
 * Result of {@link parseNamespaceClaims}.
 *
 * @public
 */
export type NamespaceClaimsResult =
  | { ok: true; claims: NamespaceClaims }
  | {
      ok: false;
      /** One sentence for each mistake, with its path below `namespaceClaims`. */
      message: string;
    };

const globsSchema = z.array(globSchema).min(1).max(1000);

const claimsSchema = closedObject({
  namespaceClaims: z
    .array(
      closedObject({
        namespaces: globsSchema,
        clusters: globsSchema.optional(),
        // Without a key it would mean every entity, which is what leaving the namespaces out says.
        entities: entityMatchSchema.refine(
          match => Object.keys(match).length > 0,
          { message: 'expected at least one key, such as "owner"' },
        ),
      }),
    )
    .max(1000)
    .default([]),
  namespaceClaimsDefault: z.enum(['allow', 'deny']).default('allow'),
});

/**
 * Reads an operator's limits on claims (L31). Unknown keys are refused: a misspelt one would leave a namespace open.
 *
 * @public
 */
export function parseNamespaceClaims(settings: {
  namespaceClaims?: unknown;
  namespaceClaimsDefault?: unknown;
}): NamespaceClaimsResult {
  const parsed = claimsSchema.safeParse(settings);
  if (!parsed.success) {
    const message = schemaProblems(parsed.error)
      .map(problem => `${formatPath(problem.path)}: ${problem.message}`)
      .join('; ');
    return { ok: false, message };
  }
  const { namespaceClaims: rules, namespaceClaimsDefault: unnamed } =
    parsed.data;
  return { ok: true, claims: { rules, unnamed } };
}
