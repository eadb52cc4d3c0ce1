import { z } from 'zod';
import { imagePatternSchema } from '../rules/registry-allowed/definition';
import { closedObject } from './valueSchemas';

/** Addresses may be long; key ids and patterns have limits of their own. */
const ADDRESS_MAX_LENGTH = 255;
/** More repositories than one document should speak for. */
const PINS_MAX = 1000;

const serverSchema = z
  .string()
  .max(ADDRESS_MAX_LENGTH)
  .transform((text, context) => {
    const server = originOf(text);
    if (server === undefined) {
      context.addIssue({
        code: 'custom',
        message: `expected the address of a Notary server such as "https://notary.acme.example", without path, got "${text}"`,
      });
      return z.NEVER;
    }
    return server;
  });

const rootKeyIdSchema = z
  .string()
  .regex(
    /^[0-9a-f]{64}$/,
    'expected the id of a root key: 64 lower-case hexadecimal digits, as `roles.root.keyids` of root.json lists them',
  );

const authoritySchema = z.union(
  [closedObject({ file: z.string() }), closedObject({ inline: z.string() })],
  {
    errorMap: () => ({
      message: 'expected { file: "…" } or { inline: "…" }',
    }),
  },
);

const pinSchema = closedObject({
  rootKeyIds: z.array(rootKeyIdSchema).min(1).max(100).optional(),
  ca: authoritySchema.optional(),
}).superRefine(({ rootKeyIds, ca }, context) => {
  if ((rootKeyIds === undefined) === (ca === undefined)) {
    context.addIssue({
      code: 'custom',
      message: 'expected either "rootKeyIds" or "ca"',
    });
  }
});

const pinsSchema = z.record(pinSchema).superRefine((pins, context) => {
  const patterns = Object.keys(pins);
  if (patterns.length > PINS_MAX) {
    context.addIssue({
      code: 'custom',
      message: `expected at most ${PINS_MAX} pins, got ${patterns.length}`,
    });
  }
  patterns.forEach(pattern => {
    const parsed = imagePatternSchema.safeParse(pattern);
    parsed.error?.issues.forEach(issue =>
      context.addIssue({ ...issue, path: [pattern] }),
    );
  });
});

/** `contentTrust` of a TrustRoot document (L16). */
export const contentTrustSchema = closedObject({
  server: serverSchema,
  pins: pinsSchema.default({}),
  trustOnFirstUse: z.boolean().default(false),
}).superRefine(({ pins, trustOnFirstUse }, context) => {
  if (Object.keys(pins).length === 0 && !trustOnFirstUse) {
    context.addIssue({
      code: 'custom',
      message:
        'expected "pins", or `trustOnFirstUse: true` said openly: without either the server decides what is trusted',
    });
  }
});

/** What the schema gives. */
export type ContentTrustDocument = z.infer<typeof contentTrustSchema>;

/**
 * The origin, when the text is one and nothing else. Plain http is well-formed: whether it is spoken is for
 * `supplyChain.registries` to say, host by host.
 */
function originOf(text: string): string | undefined {
  const isAddress = /^https?:\/\//.test(text) && URL.canParse(text);
  const url = isAddress ? new URL(text) : undefined;
  return url && (text === url.origin || text === `${url.origin}/`)
    ? url.origin
    : undefined;
}
