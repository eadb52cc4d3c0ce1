import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { VisibilityResolver } from '../../permissions/VisibilityResolver';
import { CheckKnowledge } from '../check/CheckKnowledge';
import { CheckSubjects } from '../check/CheckSubjects';
import { UploadPrincipals } from './UploadPrincipals';
import { UploadQueue } from './UploadQueue';
import { UploadService, UploadServiceOptions } from './UploadService';

/** What uploads need, and what is made here of the configuration and the database. */
export type CreateUploadServiceOptions = Omit<
  UploadServiceOptions,
  'visibility' | 'subjects' | 'principals' | 'knowledge' | 'queue'
> & { config: Config; catalog: CatalogService };

/** The service behind `PUT /evidence/{kind}`. */
export function createUploadService(
  options: CreateUploadServiceOptions,
): UploadService {
  const { config, now } = options;
  return UploadService.create({
    ...options,
    subjects: CheckSubjects.fromConfig(config),
    principals: UploadPrincipals.fromConfig(config),
    knowledge: CheckKnowledge.create(options),
    queue: UploadQueue.create(),
    visibility: VisibilityResolver.create({
      ...options,
      nowMs: () => now().getTime(),
    }),
  });
}
