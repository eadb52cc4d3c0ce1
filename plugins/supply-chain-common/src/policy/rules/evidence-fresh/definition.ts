import { z } from 'zod';
import { RuleDefinition } from '../rule';

/** Registries are asked every six hours; four times that leaves room for a night without one. */
const DEFAULT_MAX_AGE_HOURS = 24;

const hoursSchema = z.number().finite().positive().max(8760);

/** Definition of `evidence-fresh`. */
export const evidenceFreshDefinition: RuleDefinition<'evidence-fresh'> = {
  id: 'evidence-fresh',
  question: 'registry',
  title: 'Looked for lately',
  motivation:
    'A signature can be taken back and a key revoked; what was found long ago says nothing about today.',
  remediation:
    'Find out why the registry is not asked any more; the sources page shows what failed.',
  severity: 'medium',
  controls: ['S2C2F AUD-3'],
  parameters: z
    .object({
      maxAgeHours: z
        .object({
          signature: hoursSchema.optional(),
          provenance: hoursSchema.optional(),
          origin: hoursSchema.optional(),
        })
        .strict()
        .refine(ages => Object.values(ages).some(age => age !== undefined), {
          message:
            'expected at least one of "signature", "provenance", "origin"',
        })
        .default({
          signature: DEFAULT_MAX_AGE_HOURS,
          provenance: DEFAULT_MAX_AGE_HOURS,
          origin: DEFAULT_MAX_AGE_HOURS,
        }),
    })
    .strict()
    .default({}),
};
