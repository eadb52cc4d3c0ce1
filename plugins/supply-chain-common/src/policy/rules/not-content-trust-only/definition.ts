import { z } from 'zod';
import { RuleDefinition } from '../rule';

/** Definition of `not-content-trust-only`. */
export const notContentTrustOnlyDefinition: RuleDefinition<'not-content-trust-only'> =
  {
    id: 'not-content-trust-only',
    question: 'signature',
    title: 'Signed by more than Docker Content Trust',
    motivation:
      "Docker Content Trust is being retired: Docker's own Notary service is gone and Azure Container Registry drops it on 2028-03-31. An image signed by nothing else loses its signature with the server.",
    remediation:
      'Sign the digest with cosign or the Notary Project as well, name its trust root in the policy, then leave content trust.',
    severity: 'medium',
    controls: ['SSDF PS.2.1'],
    parameters: z.object({}).strict().default({}),
  };
