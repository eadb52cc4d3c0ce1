import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { isDigest } from '../../model/digest';
import { parseImageReference } from '../../model/imageReference';
import {
  REASON_CODES,
  ReasonCode,
  reasonDefinition,
} from '../../model/reasonCodes';
import { WaiverScope } from '../../model/waiver';
import { isSamePerson } from '../waivers/isSamePerson';
import { suggestName } from './suggestName';
import { closedObject, instantSchema, nameSchema } from './valueSchemas';

/** An issue of its own code, so that tools can tell it from a typo. */
function refusal(reason: ReasonCode, message: string): z.CustomErrorParams {
  return { message, params: { reason } };
}

const CODES = Object.keys(REASON_CODES) as ReasonCode[];

/** A reason code, or the status of a signature, which stands for every code that belongs to it (L11). */
const reasonCodesSchema = z.string().transform((text, context) => {
  const codes = CODES.filter(
    code => code === text || reasonDefinition(code).status === text,
  );
  if (codes.length === 0) {
    context.addIssue({
      code: 'custom',
      message: `expected a reason code or the status of a signature, got "${text}".${suggestName(
        text,
        CODES,
      )}`,
    });
    return z.NEVER;
  }
  return codes;
});

const entityRefSchema = z.string().transform((text, context) => {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `expected an entity reference, got "${text}": ${
        (error as Error).message
      }`,
    });
    return z.NEVER;
  }
});

/** A repository without tag or digest, exact: a waiver of a pattern would cover what nobody looked at. */
const repositorySchema = z.string().transform((text, context) => {
  const parsed = parseImageReference(text);
  // A reference without a tag reads as one with the tag `latest`.
  const isTagged = /[:@]/.test(text.slice(text.lastIndexOf('/') + 1));
  if (!parsed.ok || isTagged) {
    context.addIssue({
      code: 'custom',
      message: `expected a repository such as "registry.acme.example/shop/web", got "${text}"`,
    });
    return z.NEVER;
  }
  return parsed.reference.repository;
});

const subjectSchema = z.string().transform((text, context) => {
  const parsed = parseImageReference(text);
  const digest = parsed.ok ? parsed.reference.digest : undefined;
  if (!parsed.ok || !isDigest(digest)) {
    context.addIssue({
      code: 'custom',
      message: `expected repository@digest, got "${text}"`,
    });
    return z.NEVER;
  }
  return { repository: parsed.reference.repository, digest };
});

/** What a waiver is about. */
export const waiverScopeSchema = closedObject({
  repository: repositorySchema.optional(),
  subject: subjectSchema.optional(),
  entity: entityRefSchema.optional(),
  vulnerability: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{2,99}$/, {
      message: 'expected the id of a vulnerability such as "CVE-2026-1000"',
    })
    .optional(),
}).transform((scope, context): WaiverScope => {
  const { repository, subject, entity, vulnerability } = scope;
  if (!repository && !subject && !entity) {
    context.addIssue({
      code: 'custom',
      ...refusal(
        'waiverWithoutScope',
        'expected "repository", "subject" or "entity"',
      ),
    });
    return z.NEVER;
  }
  if (repository && subject && repository !== subject.repository) {
    context.addIssue({
      code: 'custom',
      message: '"repository" and "subject" name different repositories',
    });
    return z.NEVER;
  }
  return {
    ...(repository && { repository }),
    ...(subject && subject),
    ...(entity && { entity }),
    ...(vulnerability && { vulnerability }),
  };
});

const textSchema = z.string().trim().min(1).max(2000);

/** `spec` of a Waiver document. What L22 demands is asked first, each with its own code. */
export const waiverSpecSchema = closedObject({
  rule: nameSchema,
  policy: nameSchema.optional(),
  reasons: z.array(reasonCodesSchema).min(1).max(50).optional(),
  includeUnknown: z.boolean().default(false),
  scope: waiverScopeSchema,
  reason: textSchema,
  ticket: z.string().trim().min(1).max(200).optional(),
  requestedBy: z.string().trim().min(1).max(200),
  approvedBy: z.string().trim().min(1).max(200),
  approvedAt: instantSchema.optional(),
  expires: instantSchema.optional(),
}).transform(({ reasons, expires, ...rest }, context) => {
  const refuse = (path: string, reason: ReasonCode, message: string) =>
    context.addIssue({
      code: 'custom',
      path: [path],
      ...refusal(reason, message),
    });
  if (reasons === undefined) {
    refuse(
      'reasons',
      'waiverWithoutReasons',
      'expected "reasons": the reason codes the waiver covers',
    );
  }
  if (expires === undefined) {
    refuse('expires', 'waiverWithoutExpiry', 'expected "expires"');
  }
  if (isSamePerson(rest.requestedBy, rest.approvedBy)) {
    refuse(
      'approvedBy',
      'waiverSelfApproved',
      `expected somebody else than the requester "${rest.requestedBy}"`,
    );
  }
  if (rest.approvedAt && expires && expires <= rest.approvedAt) {
    refuse(
      'expires',
      'documentValueInvalid',
      'expected an instant after "approvedAt"',
    );
  }
  return reasons && expires
    ? { ...rest, reasons: [...new Set(reasons.flat())], expires }
    : z.NEVER;
});
