import {
  CheckReport,
  OUTCOMES_WORST_FIRST,
  REASON_CODES,
} from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';

/** A newer portal may know reasons that this tool has no words for. */
const reason = z
  .string()
  .transform(text => (Object.hasOwn(REASON_CODES, text) ? text : undefined))
  .optional();

const outcome = z.enum(
  OUTCOMES_WORST_FIRST as unknown as [string, ...string[]],
);

const finding = z.looseObject({
  ruleId: z.string(),
  title: z.string(),
  policy: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  outcome,
  reason,
  message: z.string(),
  effectiveOn: z.string().optional(),
  waiver: z
    .looseObject({
      name: z.string(),
      reason: z.string(),
      ticket: z.string().optional(),
      approvedBy: z.string(),
      expires: z.string(),
    })
    .optional(),
  remediation: z
    .looseObject({ command: z.array(z.string()).optional() })
    .optional(),
});

const result = z.looseObject({
  image: z.string(),
  subject: z.looseObject({
    repository: z.string(),
    digest: z
      .string()
      .regex(/^sha(?:256|512):[0-9a-f]+$/)
      .optional(),
  }),
  digestSource: z.enum(['imageID', 'specDigest', 'tagResolvedNow', 'none']),
  platform: z.string().optional(),
  outcome,
  reason,
  deploy: z.string().optional(),
  signature: z.looseObject({
    status: z.string(),
    reason,
    signatures: z.array(
      z.looseObject({
        status: z.string(),
        trustRoot: z.string(),
        foundIn: z.string(),
        relation: z.string(),
        reason,
      }),
    ),
    trail: z.array(
      z.looseObject({
        place: z.string(),
        found: z.number(),
        complete: z.boolean(),
        reason,
      }),
    ),
  }),
  provenance: z
    .looseObject({
      status: z.string(),
      level: z.number(),
      reasons: z.array(z.string()),
    })
    .optional(),
  vulnerabilities: z
    .looseObject({
      status: z.string(),
      reason,
      counts: z.record(z.string(), z.number()).optional(),
      fixable: z.number().optional(),
    })
    .optional(),
  findings: z.array(finding),
  contextMissing: z.array(z.string()),
});

const report = z.looseObject({
  schemaVersion: z.literal(1),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  evaluatedAt: z.string(),
  clock: z.enum(['system', 'injected']),
  policies: z.array(z.looseObject({ name: z.string(), digest: z.string() })),
  results: z.array(result).length(1),
});

/**
 * Reads the answer of a portal, in everything that is printed or decided on.
 *
 * @returns undefined when it is not of that form, or about another image than was asked about.
 */
export function parsePortalReport(
  value: unknown,
  image: string,
): CheckReport | undefined {
  const parsed = report.safeParse(value);
  return parsed.success && parsed.data.results[0].image === image
    ? (parsed.data as unknown as CheckReport)
    : undefined;
}
