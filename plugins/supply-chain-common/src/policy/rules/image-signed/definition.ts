import { z } from 'zod';
import { RuleDefinition } from '../rule';

/** Definition of `image-signed`. */
export const imageSignedDefinition: RuleDefinition<'image-signed'> = {
  id: 'image-signed',
  question: 'signature',
  title: 'Signed by a trusted signer',
  motivation:
    'Only a signature shows that the image is the one the trusted pipeline pushed, whoever can write to the registry.',
  remediation:
    'Sign the image by digest in the pipeline that pushes it, with a key or identity of a trust root the policy names.',
  severity: 'critical',
  controls: [
    'SSDF PS.2.1',
    'CIS-SSC 2.4.1',
    'CIS-SSC 4.3.1',
    'CIS-Docker 4.5',
    'S2C2F AUD-3',
  ],
  parameters: z
    .object({
      allowViaIndex: z.boolean().default(true),
      // L16: a root that nobody vouched for but our own first look.
      allowFirstUse: z.boolean().default(false),
    })
    .strict()
    .default({}),
};
