import { z } from 'zod';
import { RuleDefinition } from '../rule';

const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?$/;
const hostSchema = z
  .string()
  .max(255)
  .regex(HOST, 'expected a host name such as "github.com"');

/** Definition of `built-from-own-repository`. */
export const builtFromOwnRepositoryDefinition: RuleDefinition<'built-from-own-repository'> =
  {
    id: 'built-from-own-repository',
    question: 'provenance',
    title: 'Built from its own repository',
    motivation:
      'A trusted pipeline also signs what a fork or another project builds; only the source repository tells that the reviewed code is what runs.',
    remediation:
      'Build the image from the repository the catalog names, or correct the source location and the list of source repositories in the policy.',
    severity: 'critical',
    controls: [
      'SLSA Verify expectations',
      'SSDF PS.3.2',
      'SSDF PW.4.1',
      'S2C2F AUD-1',
      'CIS-SSC 1.1.1',
    ],
    parameters: z
      .object({ hostAliases: z.record(hostSchema, hostSchema).default({}) })
      .strict()
      .default({}),
  };
