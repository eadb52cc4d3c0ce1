import { z } from 'zod';
import { closedObject } from '../valueSchemas';
import { trustStoreNameSchema } from './trustPolicySchema';

/** Certificates of one trust store; far more than anybody has. */
const FILES_MAX = 100;

function isOneOf(value: { file?: unknown; inline?: unknown }): boolean {
  return (value.file === undefined) !== (value.inline === undefined);
}

const ONE_OF = 'expected exactly one of "file", "inline"';

const certificateSchema = closedObject({
  file: z.string().optional(),
  inline: z.string().optional(),
}).refine(isOneOf, ONE_OF);

/** `spec.notation` of a TrustRoot document. */
export const notationSchema = closedObject({
  trustPolicy: closedObject({
    file: z.string().optional(),
    inline: z.union([z.string(), z.record(z.unknown())]).optional(),
  }).refine(isOneOf, ONE_OF),
  trustStores: z.record(
    trustStoreNameSchema,
    z.array(certificateSchema).min(1).max(FILES_MAX),
  ),
});

/** What the schema gives. */
export type NotationDocument = z.infer<typeof notationSchema>;
