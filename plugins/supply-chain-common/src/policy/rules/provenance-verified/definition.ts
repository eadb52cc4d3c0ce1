import { z } from 'zod';
import { nameSchema, textPatternSchema } from '../../documents/valueSchemas';
import { RuleDefinition } from '../rule';

const levelSchema = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
]);

/**
 * Definition of `provenance-verified`.
 *
 * The default is level 2, the lowest that somebody signs: level 1 is a claim anybody who can push may write, and
 * level 3 needs a builder most pipelines do not use yet.
 */
export const provenanceVerifiedDefinition: RuleDefinition<'provenance-verified'> =
  {
    id: 'provenance-verified',
    question: 'provenance',
    title: 'Built by a trusted build platform',
    motivation:
      'Signed provenance shows which build platform made the image, from which source and by which workflow; without it an image from a laptop looks like one from the pipeline.',
    remediation:
      'Let the build platform write and sign SLSA provenance for the digest it pushes, with an identity or key of a trust root the policy names.',
    severity: 'high',
    controls: [
      'SLSA Build L1',
      'SLSA Build L2',
      'SLSA Build L3',
      'SSDF PO.3.3',
      'SSDF PS.3.2',
      'S2C2F AUD-1',
      'CIS-SSC 4.4.1',
    ],
    parameters: z
      .object({
        minimumLevel: levelSchema.default(2),
        builders: z.array(textPatternSchema).min(1).max(100).optional(),
        isolatedBuilders: z.array(textPatternSchema).max(100).optional(),
        allowSelfHosted: z.boolean().default(false),
        triggers: z.array(z.string().min(1).max(64)).min(1).max(50).optional(),
        verifiers: z
          .record(nameSchema, z.array(textPatternSchema).min(1).max(100))
          .optional(),
      })
      .strict()
      .default({}),
  };
