import { mockServices } from '@backstage/backend-test-utils';
import { evaluatePolicies } from 'backstage-plugin-supply-chain-common';
import {
  createCheckService,
  CreateCheckServiceOptions,
} from '../check/createCheckService';
import { CheckService } from '../check/CheckService';

const nothing = async () => [];

const nobodyAnswers = async () =>
  ({
    ok: false,
    kind: 'transient',
    reason: 'registryUnavailable',
    detail: 'nobody answers',
  } as const);

/** Checks over a filled database, in a world whose registries do not answer. */
export function exampleChecks(
  options: Pick<
    CreateCheckServiceOptions,
    'knex' | 'permissions' | 'catalog' | 'policySet' | 'now'
  > & { config?: object },
): CheckService {
  return createCheckService({
    ...options,
    config: mockServices.rootConfig({
      data: { supplyChain: options.config ?? {} } as {},
    }),
    logger: mockServices.logger.mock(),
    registry: {
      resolveTag: nobodyAnswers,
      getManifest: nobodyAnswers,
      getBlob: nobodyAnswers,
    },
    originCollector: { id: 'origin', kinds: ['origin'], collect: nothing },
    collectors: [{ id: 'sigstore', kinds: ['signature'], collect: nothing }],
    pool: {
      evaluate: async ({ items, ...policies }) =>
        items.map(item => ({
          ...evaluatePolicies({ ...policies, ...item }),
          decided: true,
        })),
    },
  });
}
