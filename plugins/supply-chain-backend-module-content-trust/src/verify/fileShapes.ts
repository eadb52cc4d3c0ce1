import { z } from 'zod';
import {
  DELEGATIONS_MAX,
  MEMBERS_MAX,
  ROLE_KEYS_MAX,
  SIGNATURES_MAX,
} from './limits';

// Shapes of https://github.com/notaryproject/notary/tree/v0.7.0/tuf/data. Unknown members are left alone, as TUF has it:
// they are signed with the rest and read by nobody.

const RFC_3339 =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Stops before the elements are looked at: a problem for each of a million would fill the memory. */
function list<T extends z.ZodTypeAny>(element: T, max: number) {
  return z
    .custom<unknown[]>(
      value => Array.isArray(value) && value.length <= max,
      `expected a list of at most ${max}`,
    )
    .pipe(z.array(element));
}

/** As for lists. */
function members<T extends z.ZodTypeAny>(shape: T) {
  return z
    .custom<object>(
      value => isObject(value) && Object.keys(value).length <= MEMBERS_MAX,
      `expected an object of at most ${MEMBERS_MAX} members`,
    )
    .pipe(shape);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const instantShape = z.string().transform((text, context) => {
  const time = RFC_3339.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) {
    context.addIssue({ code: 'custom', message: 'expected an RFC 3339 time' });
    return z.NEVER;
  }
  return new Date(time);
});

/** https://github.com/notaryproject/notary/blob/v0.7.0/tuf/data/roles.go; nothing in it means anything in an address. */
const DELEGATION_NAME = /^targets(?:\/[-a-z0-9_]{1,64}){1,16}$/;

const versionShape = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** CVE-2026-23992: a threshold of none would trust anybody. */
const roleShape = z.object({
  keyids: list(z.string(), ROLE_KEYS_MAX),
  threshold: z.number().int().min(1).max(ROLE_KEYS_MAX),
});

const keyShape = z.object({
  keytype: z.string(),
  keyval: z.object({ public: z.string() }),
});

const fileMetaShape = z.object({
  length: z.number().int().min(0),
  hashes: z.object({
    sha256: z.string().optional(),
    sha512: z.string().optional(),
  }),
});

const base = { expires: instantShape, version: versionShape };

/** The signatures of any file. */
export const signaturesShape = list(
  z.object({ keyid: z.string(), method: z.string(), sig: z.string() }),
  SIGNATURES_MAX,
);

/** `signed` of each kind of file. */
export const SIGNED_SHAPES = {
  Root: z.object({
    _type: z.literal('Root'),
    ...base,
    keys: members(z.record(keyShape)),
    roles: z.object({
      root: roleShape,
      targets: roleShape,
      snapshot: roleShape,
      timestamp: roleShape,
    }),
  }),
  Timestamp: z.object({
    _type: z.literal('Timestamp'),
    ...base,
    meta: z.object({ snapshot: fileMetaShape }),
  }),
  Snapshot: z.object({
    _type: z.literal('Snapshot'),
    ...base,
    meta: members(
      z
        .object({ root: fileMetaShape, targets: fileMetaShape })
        .catchall(fileMetaShape),
    ),
  }),
  Targets: z.object({
    _type: z.literal('Targets'),
    ...base,
    /** Tens of thousands of tags: each is read where it is used. */
    targets: z.custom<Record<string, unknown>>(isObject, 'expected an object'),
    delegations: z
      .object({
        keys: members(z.record(keyShape)).nullish(),
        roles: list(
          roleShape.extend({
            name: z.string().regex(DELEGATION_NAME),
            paths: list(z.string(), MEMBERS_MAX).nullish(),
          }),
          DELEGATIONS_MAX,
        ).nullish(),
      })
      .nullish(),
  }),
};

/** Name of a kind of file as it stands in `_type`. */
export type FileType = keyof typeof SIGNED_SHAPES;
/** What a kind of file says. */
export type SignedPart<T extends FileType> = z.infer<(typeof SIGNED_SHAPES)[T]>;
/** A role with its keys. */
export type RoleShape = z.infer<typeof roleShape>;
/** A key as files hold it. */
export type KeyShape = z.infer<typeof keyShape>;
/** Length and hashes of a file. */
export type FileMeta = z.infer<typeof fileMetaShape>;
/** One signature of a file. */
export type FileSignature = z.infer<typeof signaturesShape>[number];
