import { z } from 'zod';
import { RuleDefinition } from '../rule';

/** Definition of `digest-pinned`. */
export const digestPinnedDefinition: RuleDefinition<'digest-pinned'> = {
  id: 'digest-pinned',
  question: 'registry',
  title: 'Deployed by digest',
  motivation:
    'A tag can be moved: the next pod may run something nobody has looked at.',
  remediation: 'Name the digest in the workload, beside the tag or instead.',
  severity: 'medium',
  controls: ['CIS-SSC 5.1.7', 'S2C2F ENF-1'],
  parameters: z
    .object({
      movingTags: z.array(z.string().min(1).max(128)).default(['latest']),
    })
    .strict()
    .default({}),
};
