import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { AnnotatedImageRules } from '../../inventory/AnnotatedImageRules';
import { VisibilityResolver } from '../../permissions/VisibilityResolver';
import { CheckKnowledge } from './CheckKnowledge';
import { CheckService, CheckServiceOptions } from './CheckService';
import { CheckSubjects } from './CheckSubjects';
import { refuseSharedIssuers } from './refuseSharedIssuers';

/** What a check needs, and what is made here of the configuration and the database. */
export type CreateCheckServiceOptions = Omit<
  CheckServiceOptions,
  'visibility' | 'subjects' | 'knowledge' | 'rules'
> & { config: Config; catalog: CatalogService; knex: Knex };

/**
 * The service behind `POST /check`.
 *
 * @throws InputError when strangers could ask, see {@link refuseSharedIssuers}.
 */
export function createCheckService(
  options: CreateCheckServiceOptions,
): CheckService {
  const { config, now } = options;
  const subjects = CheckSubjects.fromConfig(config);
  refuseSharedIssuers(config, subjects);
  return CheckService.create({
    ...options,
    subjects,
    rules: AnnotatedImageRules.fromConfig(config),
    knowledge: CheckKnowledge.create(options),
    visibility: VisibilityResolver.create({
      ...options,
      nowMs: () => now().getTime(),
    }),
  });
}
