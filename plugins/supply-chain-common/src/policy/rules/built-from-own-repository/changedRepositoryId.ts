import { EvidenceOf } from '../../../model/evidence';
import { normaliseSourceRepository } from '../../../sourceRepositories/normaliseSourceRepository';
import { BuildSource } from '../../provenance/sourcesOf';

/**
 * The id the forge gave a repository of the same address when it was seen before, when it is another one now: the
 * repository was deleted and made again, perhaps by somebody else.
 */
export function changedRepositoryId(
  { repository, repositoryId }: BuildSource,
  evidence: EvidenceOf<'provenance'> | undefined,
): string | undefined {
  const earlier = evidence?.detail?.earlier;
  const isSameAddress =
    earlier?.repository !== undefined &&
    repository !== undefined &&
    normaliseSourceRepository(earlier.repository) === repository;
  return isSameAddress &&
    repositoryId !== undefined &&
    earlier.repositoryId !== repositoryId
    ? earlier.repositoryId
    : undefined;
}
