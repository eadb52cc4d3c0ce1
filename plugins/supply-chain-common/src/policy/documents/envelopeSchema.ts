import { z } from 'zod';
import { closedObject, nameSchema } from './valueSchemas';

/** What every document is made of; `spec` depends on its kind. */
export const envelopeSchema = closedObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: closedObject({
    name: nameSchema,
    title: z.string().min(1).max(200).optional(),
  }),
  spec: z.unknown(),
});
